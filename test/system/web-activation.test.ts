/** A connection is checked, activated and changed by the API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  findConnection,
  housekeepingScope,
  operatorId,
  recordClientCertificateStatus,
  setConnectionState,
} from '@sallyport/store';
import { acceptedDial, expiredDial } from './played-connector.ts';
import { WebApiWorld, type Fields, problem } from './web-api-world.ts';

let world: WebApiWorld;
before(async () => {
  world = await WebApiWorld.start();
});
after(() => world?.stop());

describe('checking and activating', () => {
  it('answers with the evidence of a dial that was refused, and says who must act', async () => {
    const { id } = await world.made();
    world.connector.next = expiredDial;
    const answer = await world.api('POST', `/connections/${id}/check`);
    assert.equal(answer.status, 200, answer.text);
    const { handshake, connection } = answer.body as { handshake: Fields; connection: Fields };
    assert.equal(handshake.verdict, 'refused');
    assert.equal(((handshake.report as Fields).checks as Record<string, Fields>).validity?.status, 'fail');
    assert.deepEqual(connection.lastError, {
      code: 'X509_EXPIRED',
      message: 'The certificate of the far side has expired.',
      actor: 'customer',
    });
    assert.equal(connection.state, 'draft');
    const refused = await world.api('POST', `/connections/${id}/activate`);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'check-needed']);
  });

  it('activates after an accepted check, pauses and resumes', async () => {
    const { id } = await world.made();
    world.connector.next = acceptedDial;
    const early = await world.api('POST', `/connections/${id}/activate`);
    assert.deepEqual([early.status, problem(early).code], [409, 'check-needed']);
    const checked = await world.api('POST', `/connections/${id}/check`);
    assert.equal(checked.status, 200, checked.text);
    const { connection } = checked.body as { connection: Fields };
    assert.equal(connection.lastError, null);
    assert.equal(connection.serverNotAfter, '2027-01-30T00:00:00.000Z');
    assert.deepEqual(connection.actions, ['check', 'activate', 'retire']);
    for (const [action, state] of [
      ['activate', 'active'],
      ['pause', 'paused'],
      ['resume', 'active'],
      ['retire', 'retired'],
    ] as const) {
      const answer = await world.api('POST', `/connections/${id}/${action}`);
      assert.equal(answer.status, 200, answer.text);
      assert.equal((answer.body as Fields).state, state);
    }
    const over = await world.api('POST', `/connections/${id}/check`);
    assert.deepEqual([over.status, problem(over).code], [409, 'state-conflict']);
  });

  it('does not activate where the far side refused our client certificate', async () => {
    const { id } = await world.made();
    world.connector.next = {
      verdict: 'accepted',
      evidence: { ...acceptedDial.evidence, clientCertificateOutcome: 'refused', httpStatus: 400 },
    };
    const checked = await world.api('POST', `/connections/${id}/check`);
    assert.equal(((checked.body as Fields).connection as Fields).state, 'draft');
    assert.equal(
      (((checked.body as Fields).connection as Fields).lastError as Fields).code,
      'client-certificate-refused',
    );
    const refused = await world.api('POST', `/connections/${id}/activate`);
    assert.equal(problem(refused).code, 'check-needed');
  });

  it('says that we must act where our certificate that was refused is known to be revoked', async () => {
    const { id } = await world.made();
    const { store } = world.connector;
    const scope = housekeepingScope('test');
    const error = { code: 'JIRA_CERTIFICATE_REFUSED', message: 'The proxy before Jira refused it.', actor: 'customer' };
    await setConnectionState(store, scope, id, 'active');
    await setConnectionState(store, scope, id, 'failing', error);
    /** As the list, the page and its progress say it. */
    const told = async (): Promise<readonly unknown[]> => {
      const { items } = (await world.api('GET', '/connections')).body as { items: readonly Fields[] };
      const page = (await world.api('GET', `/connections/${id}`)).body as Fields;
      const progress = (await world.api('GET', `/connections/${id}/progress`)).body as Fields;
      const saying = [items.find((one) => one.id === id), page, page.progress, progress] as readonly Fields[];
      return saying.map(({ lastError }) => (lastError as Fields).actor);
    };
    assert.deepEqual(await told(), ['customer', 'customer', 'customer', 'customer']);
    const clientCertificateId = (await findConnection(store, scope, id))?.clientCertificate?.id ?? '';
    const judged = { code: 'X509_REVOCATION_REVOKED', message: 'It is revoked.', judgedAt: new Date() };
    await recordClientCertificateStatus(store, scope, operatorId, {
      clientCertificateId,
      status: 'revoked',
      ...judged,
    });
    try {
      assert.deepEqual(await told(), ['operator', 'operator', 'operator', 'operator']);
    } finally {
      await recordClientCertificateStatus(store, scope, operatorId, { clientCertificateId, status: 'good', ...judged });
    }
  });

  it('needs a new check after the terms have changed', async () => {
    const { id } = await world.made();
    world.connector.next = acceptedDial;
    await world.api('POST', `/connections/${id}/check`);
    const changed = await world.api('PATCH', `/connections/${id}`, { projectKeys: ['ABC'] });
    assert.equal(changed.status, 200, changed.text);
    assert.equal(((changed.body as Fields).terms as Fields).version, 2);
    const refused = await world.api('POST', `/connections/${id}/activate`);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'check-needed']);
  });

  it('takes weaker terms only with their hash', async () => {
    const { id } = await world.made({ revocation: 'hard' });
    const refused = await world.api('PATCH', `/connections/${id}`, { revocation: 'off' });
    assert.equal(refused.status, 409, refused.text);
    const { code, seen } = problem(refused) as unknown as {
      code: string;
      seen: { weakens: string[]; termsSha256: string };
    };
    assert.equal(code, 'terms-approval-needed');
    assert.ok(seen.weakens.length > 0);
    const approved = await world.api('PATCH', `/connections/${id}`, {
      revocation: 'off',
      approvedSha256: seen.termsSha256,
    });
    assert.equal(approved.status, 200, approved.text);
    assert.equal(((approved.body as Fields).terms as Fields).sha256, seen.termsSha256);
  });

  it('stays in use where what is dialled stays the same, and asks for a check where it does not', async () => {
    const { id } = await world.made();
    const scope = housekeepingScope('test');
    await setConnectionState(world.connector.store, scope, id, 'active');
    const refused = await world.api('PATCH', `/connections/${id}`, { probes: 'negative' });
    const { detail, seen } = problem(refused) as unknown as { detail: string; seen: { termsSha256: string } };
    assert.doesNotMatch(detail, /\.\./);
    const agreed = await world.api('PATCH', `/connections/${id}`, {
      probes: 'negative',
      approvedSha256: seen.termsSha256,
    });
    assert.deepEqual([agreed.status, (agreed.body as Fields).state], [200, 'active'], agreed.text);
    const renewed = await world.api('PATCH', `/connections/${id}`, {
      authentication: { kind: 'pat', token: 'another' },
    });
    assert.deepEqual([renewed.status, (renewed.body as Fields).state], [200, 'draft'], renewed.text);
  });

  it('keeps its host, and takes a new credential', async () => {
    const { id } = await world.made();
    const moved = await world.api('PATCH', `/connections/${id}`, { baseUrl: 'https://other.example.org/' });
    assert.deepEqual([moved.status, problem(moved).code], [409, 'host-is-fixed']);
    const renewed = await world.api('PATCH', `/connections/${id}`, {
      authentication: { kind: 'pat', token: 'another-token' },
    });
    assert.equal(renewed.status, 200, renewed.text);
    const stored = await findConnection(world.connector.store, housekeepingScope('test'), id);
    assert.deepEqual(JSON.parse(await world.connector.open(stored?.credentialSecretId ?? '')), {
      kind: 'pat',
      token: 'another-token',
    });
  });

  it('says that no connector answered, by the deadline, and leaves a draft', async () => {
    const { id } = await world.made();
    world.connector.next = null;
    const answer = await world.api('POST', `/connections/${id}/check`);
    world.connector.next = acceptedDial;
    assert.equal(answer.status, 504, answer.text);
    assert.deepEqual([problem(answer).code, problem(answer).actor], ['call-timed-out', 'operator']);
    const { body } = await world.api('GET', `/connections/${id}`);
    assert.equal((body as Fields).state, 'draft');
  });

  it('lists home in one answer, and one dial with the certificates that were shown', async () => {
    const { id } = await world.made();
    world.connector.next = acceptedDial;
    const checked = await world.api('POST', `/connections/${id}/check`);
    const { handshake } = checked.body as { handshake: { id: string } };
    const home = await world.api('GET', '/connections');
    const row = (home.body as { items: (Fields & { id: string })[] }).items.find((item) => item.id === id);
    assert.equal((row?.checks as Record<string, Fields> | undefined)?.trust?.status, 'pass');
    const one = await world.api('GET', `/handshakes/${handshake.id}`);
    assert.equal(one.status, 200, one.text);
    assert.equal((one.body as { chainPem: string[] }).chainPem.length, 2);
    const list = await world.api('GET', `/connections/${id}/handshakes?limit=1`);
    assert.equal((list.body as { items: Fields[] }).items[0]?.id, handshake.id);
  });
});
