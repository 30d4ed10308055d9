import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ConnectionDetail, Diagnosis } from '@sallyport/console-api';
import { eventually, startSallyport, type RunningSallyport } from './running-sallyport.ts';

describe('the doctor of a connection', () => {
  let sallyport: RunningSallyport;
  let id: string;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await sallyport.call(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const connection = async (): Promise<ConnectionDetail> =>
    (await call('GET', `/connections/${id}`)) as ConnectionDetail;
  const examine = async (negativeProbes: boolean): Promise<Diagnosis> =>
    (await call('POST', `/connections/${id}/doctor`, { negativeProbes })) as Diagnosis;

  before(async () => {
    sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '20' });
    ({ id } = (await call('POST', '/sandbox/connection')) as { id: string });
    await call('POST', `/connections/${id}/check`);
    await call('POST', `/connections/${id}/activate`);
  });
  after(async () => sallyport?.stop());

  it('finds nothing that fails where all is well, within its budget', async () => {
    const { verdict, findings, handshakes, milliseconds, probes } = await examine(false);
    assert.notEqual(verdict, 'fails', JSON.stringify(findings[0]));
    assert.ok(handshakes > 0 && handshakes <= 25);
    assert.ok(milliseconds <= 15_000);
    assert.deepEqual(
      probes.filter(({ kind, handshakes: made }) => kind === 'negative' && made > 0),
      [],
    );
  });

  it('tries nothing that must be refused before the terms allow it', async () => {
    const answer = await sallyport.call('POST', `/connections/${id}/doctor`, { negativeProbes: true });
    assert.equal(answer.status, 409);
    assert.equal((answer.body as { code: string }).code, 'probes-not-agreed');
  });

  it('proves what the far side enforces, and since when, once the terms allow the probes', async () => {
    const asked = await sallyport.call('PATCH', `/connections/${id}`, { probes: 'negative' });
    assert.equal(asked.status, 409);
    const { seen } = asked.body as { seen: { termsSha256: string } };
    await call('PATCH', `/connections/${id}`, { probes: 'negative', approvedSha256: seen.termsSha256 });
    const { enforcement, findings, handshakes } = await examine(true);
    assert.deepEqual(
      [enforcement.withoutCertificate, enforcement.throwAway, enforcement.enforces],
      ['refused', 'refused', true],
    );
    assert.ok(handshakes <= 25);
    const shown = await connection();
    assert.equal(typeof shown.enforcement?.refusesWithoutSince, 'string');
    // The sandbox takes every certificate of its authority, and the operator has one under another name: so it is not proven there that it is us.
    assert.equal(enforcement.otherName, 'accepted');
    assert.ok(findings.some(({ rule, actor }) => rule === 'any-name-accepted' && actor === 'customer'));
    assert.deepEqual([shown.enforcement?.refusesWrongSince, shown.enforcesSince], [null, null]);
    await examine(true);
    assert.equal((await connection()).enforcement?.refusesWithoutSince, shown.enforcement?.refusesWithoutSince);
  });

  it('looks by itself when the connection starts to fail, with nothing that must be refused', async () => {
    // Which probes are allowed changes nothing about the dial: it went on working.
    assert.equal((await connection()).state, 'active');
    await call('POST', '/sandbox/faults', { fault: 'expired', on: true });
    await call('POST', `/connections/${id}/check`);
    const found = await eventually('a diagnosis of the failure', async () => {
      const { items } = (await call('GET', `/connections/${id}/doctor`)) as { items: Diagnosis[] };
      return items.find(({ askedBy }) => askedBy === 'failure') ?? null;
    });
    assert.equal(found.findings[0]?.rule, 'server-certificate-expired');
    assert.equal(found.findings[0]?.actor, 'customer');
    assert.equal(found.negativeProbes, false);
    const detail = (await call('GET', `/diagnoses/${found.id}`)) as { observations: { dials: unknown[] } };
    assert.ok(detail.observations.dials.length > 0);
  });
});
