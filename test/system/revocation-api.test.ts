import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  housekeepingScope,
  insertPerson,
  insertToken,
  recordSources,
  replaceUses,
  sessionScope,
  setConnectionState,
} from '@sallyport/store';
import { establishAuthority, issuerOf } from '../../sandbox/src/demo-pki/demo-authority.ts';
import { issueRevocationList } from '../../sandbox/src/demo-pki/revocation-list.ts';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { playConnector, type PlayedConnector } from './played-connector.ts';
import { startWeb, type RunningWeb, type WebAnswer } from './running-web.ts';
import { withOwner } from './stored-connection.ts';

interface Fields {
  readonly [member: string]: unknown;
}

const contact = { name: 'Olga Owner', email: 'olga@example.org' };
const setUp = housekeepingScope('set-up:test');
const hour = 3_600_000;

let database: EmbeddedDatabase;
let connector: PlayedConnector;
let web: RunningWeb;
const tokens: Record<'ada' | 'bo', string> = { ada: '', bo: '' };

before(async () => {
  database = await startDatabase();
  connector = await playConnector(database);
  web = await startWeb(database);
  await withOwner(database, async (owner) => {
    for (const name of ['ada', 'bo'] as const) {
      const scope = sessionScope('person:test');
      const person = await insertPerson(owner, scope, { name, email: `${name}@example.org`, passwordHash: 'none' });
      tokens[name] = randomBytes(24).toString('hex');
      const tokenSha256 = createHash('sha256').update(tokens[name]).digest();
      await insertToken(owner, scope, { tokenSha256, personId: person?.id ?? null, name });
    }
  });
});
after(async () => {
  await web?.stop();
  await connector?.stop();
  await database?.stop();
});

const api = (method: string, path: string, body?: unknown, token?: string): Promise<WebAnswer> =>
  web.ask(method, `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  });
const codeOf = (answer: WebAnswer): string => {
  const { code, fields } = answer.body as { code: string; fields: { code: string }[] };
  return fields[0]?.code ?? code;
};
let hosts = 0;
const made = async (over: Fields = {}): Promise<Fields & { id: string; customer: { id: string } }> => {
  const answer = await api('POST', '/connections', {
    customer: { name: `Customer ${++hosts}` },
    baseUrl: `https://jira-${hosts}.example.org`,
    authentication: { kind: 'pat', token: 'token' },
    projectKeys: ['ABC'],
    contacts: { owner: contact, technical: contact },
    ...over,
  });
  assert.equal(answer.status, 201, answer.text);
  return answer.body as never;
};

describe('what terms say about revocation, by the API', () => {
  it('is taken, shown and printed; faults come by field', async () => {
    const { id } = await made({ revocationRules: { graceHours: 6, greatestAgeHours: 48 } });
    const shown = (await api('GET', `/connections/${id}/revocation`)).body as Fields;
    assert.deepEqual(shown.rules, { graceHours: 6, greatestAgeHours: 48 });
    assert.deepEqual([shown.answers, shown.sources, shown.pushed, shown.softened], [[], [], [], []]);
    assert.match((await api('GET', `/connections/${id}/terms?format=html`)).text, /still used for 6 hours/);
    const weaker = await api('PATCH', `/connections/${id}`, {
      revocationRules: { graceHours: 7, greatestAgeHours: 48 },
    });
    assert.deepEqual([weaker.status, codeOf(weaker)], [409, 'terms-approval-needed']);
    const wrong = await api('PATCH', `/connections/${id}`, { revocationRules: { graceHours: 1_000 } });
    assert.deepEqual([wrong.status, codeOf(wrong)], [422, 'TERMS_REVOCATION']);
  });
});

describe('what is held of each authority', () => {
  it('is shown with its age, its next update, its entries and its last error, and is fetched when somebody asks', async () => {
    const { id, customer } = await made();
    const at = new Date(Date.now() - hour);
    const source = { kind: 'crl', url: 'http://crl.example/a.crl', subject: '', authority: 'CN=Example CA' } as const;
    await replaceUses(connector.store, setUp, { customerId: customer.id, connectionId: id }, [source]);
    const held = {
      ...source,
      sha256: 'a'.repeat(64),
      bytes: 700,
      entries: 12,
      thisUpdate: at,
      nextUpdate: new Date(at.getTime() + 24 * hour),
      fetchedAt: at,
      error: { code: 'source-down', message: 'Nobody answers.' },
      attemptedAt: at,
      staleSince: null,
      nextFetchAt: new Date(at.getTime() + 12 * hour),
    };
    await recordSources(connector.store, 'host-1', [held], at);
    const [shown] = ((await api('GET', '/revocation-sources')).body as { items: Fields[] }).items;
    assert.equal(shown?.entries, 12);
    assert.equal(shown?.connections, 1);
    assert.deepEqual(shown?.lastError, held.error);
    assert.ok(Number(shown?.ageSeconds) >= 3600);
    assert.equal(shown?.staleSince, null);
    const asked = await api('POST', `/revocation-sources/${String(shown?.id)}/fetch`);
    const [now] = (asked.body as { items: Fields[] }).items;
    assert.ok(Date.parse(String(now?.nextFetchAt)) <= Date.now());
    const one = (await api('GET', `/connections/${id}/revocation`)).body as { sources: Fields[] };
    assert.equal(one.sources[0]?.host, 'host-1');
    const metrics = (await web.ask('GET', '/metrics')).text;
    assert.match(metrics, /sallyport_revocation_sources\{kind="crl"\} 1/);
    assert.match(metrics, /sallyport_revocation_oldest_age_seconds 36\d\d/);
  });

  it('counts as failing or stale only what a connection in use needs and may dial', async () => {
    const { id, customer } = await made();
    const at = new Date(Date.now() - hour);
    const use = (kind: 'crl' | 'ocsp', name: string, authority: string) =>
      ({ kind, url: `http://${name}.example/`, subject: kind === 'ocsp' ? 'b'.repeat(64) : '', authority }) as const;
    const list = use('crl', 'list', 'CN=Held CA');
    const beside = use('ocsp', 'beside-list', 'CN=Held CA');
    const alone = use('ocsp', 'alone', 'CN=Other CA');
    const forbidden = use('ocsp', 'forbidden', 'CN=Inner CA');
    const state = (source: typeof list | typeof beside, code: string | null) => ({
      ...source,
      sha256: code === null ? 'c'.repeat(64) : null,
      bytes: null,
      entries: null,
      thisUpdate: code === null ? at : null,
      nextUpdate: code === null ? new Date(at.getTime() + 24 * hour) : null,
      fetchedAt: null,
      error: code === null ? null : { code, message: 'It failed.' },
      attemptedAt: at,
      staleSince: code === null ? null : at,
      nextFetchAt: new Date(at.getTime() + 12 * hour),
    });
    await replaceUses(connector.store, setUp, { customerId: customer.id, connectionId: id }, [
      list,
      beside,
      alone,
      forbidden,
    ]);
    await recordSources(
      connector.store,
      'host-2',
      [
        state(list, null),
        state(beside, 'source-down'),
        state(alone, 'source-down'),
        state(forbidden, 'source-address-forbidden'),
      ],
      at,
    );
    const counted = async (): Promise<readonly (string | undefined)[]> => {
      const { text } = await web.ask('GET', '/metrics');
      return ['failing', 'stale'].map(
        (what) => new RegExp(`^sallyport_revocation_sources_${what} (\\d+)$`, 'm').exec(text)?.[1],
      );
    };
    assert.deepEqual(await counted(), ['0', '0'], 'a draft needs none');
    await setConnectionState(connector.store, setUp, id, 'active');
    assert.deepEqual(await counted(), ['1', '1'], 'the responder that nothing stands in for');
    await setConnectionState(connector.store, setUp, id, 'paused');
  });
});

describe('a CRL that a customer pushes', () => {
  it('is taken when an agreed CA signed it, and refused when it is anything else', async () => {
    const now = Date.now();
    const authority = await establishAuthority(null, 'http://127.0.0.1:1', now);
    const issuer = issuerOf(authority, 'root');
    const { id } = await made({ anchors: { kind: 'pem', pem: authority.root.certificatePem } });
    const push = (bytes: Buffer): Promise<WebAnswer> =>
      api('POST', `/connections/${id}/crls`, { crl: bytes.toString('base64') });
    const taken = await push(issueRevocationList(issuer, [{ serial: 7n, at: now - 1_000, reason: 1 }], now - 60_000));
    assert.equal(taken.status, 201, taken.text);
    assert.equal((taken.body as Fields).entries, 1);
    const { pushed } = (await api('GET', `/connections/${id}/revocation`)).body as { pushed: Fields[] };
    assert.ok(Number(pushed[0]?.ageSeconds) >= 60);
    for (const [bytes, status, code] of [
      [issueRevocationList(issuer, [], now - 2 * hour), 409, 'crl-older-than-held'],
      [issueRevocationList(issuer, [], now - 48 * hour), 422, 'X509_CRL_EXPIRED'],
      [issueRevocationList(issuer, [], now + hour), 422, 'X509_CRL_NOT_YET_VALID'],
      [issueRevocationList(issuerOf(authority, 'rsaIssuer'), [], now), 422, 'crl-other-issuer'],
      [
        issueRevocationList({ ...issuerOf(authority, 'ecdsaIssuer'), commonName: issuer.commonName }, [], now),
        422,
        'crl-wrong-signer',
      ],
      [Buffer.from('0 no CRL at all'), 422, 'X509_DER_TRUNCATED'],
    ] as const) {
      const refused = await push(bytes);
      assert.deepEqual([refused.status, codeOf(refused)], [status, code]);
    }
    const open = await made();
    const foreign = await api('POST', `/connections/${open.id}/crls`, { crl: 'MAA=' });
    assert.equal(foreign.status, 422);
  });
});

describe('an emergency softening', () => {
  const proposal = { authority: 'CN=Example CA', reason: 'Its responders are down since noon.', hours: 24 };
  const propose = (token: string, over: Fields = {}): Promise<WebAnswer> =>
    api('POST', '/revocation-softenings', { ...proposal, ...over }, token);

  it('takes two people, and a token of nobody is none', async () => {
    const nobody = await api('POST', '/revocation-softenings', proposal);
    assert.deepEqual([nobody.status, codeOf(nobody)], [403, 'person-needed']);
    const proposed = await propose(tokens.ada);
    assert.deepEqual([proposed.status, (proposed.body as Fields).state], [201, 'proposed'], proposed.text);
    assert.equal((proposed.body as Fields).connections, 0, 'no chain names it, and that is told');
    const path = `/revocation-softenings/${String((proposed.body as Fields).id)}`;
    const alone = await api('POST', `${path}/approve`, undefined, tokens.ada);
    assert.deepEqual([alone.status, codeOf(alone)], [409, 'softening-not-approvable']);
    const approved = await api('POST', `${path}/approve`, undefined, tokens.bo);
    assert.equal((approved.body as Fields).state, 'in-force', approved.text);
    assert.ok(Date.parse(String((approved.body as Fields).endsAt)) <= Date.now() + 24 * hour);
    const ended = await api('POST', `${path}/end`, undefined, tokens.ada);
    assert.equal((ended.body as Fields).state, 'ended');
    const again = await api('POST', `${path}/end`, undefined, tokens.ada);
    assert.deepEqual([again.status, codeOf(again)], [409, 'softening-ended']);
    const events = ((await api('GET', '/audit?limit=20')).body as { items: Fields[] }).items.map(
      ({ action }) => action,
    );
    for (const deed of ['proposed', 'approved', 'ended']) assert.ok(events.includes(`revocation-softening.${deed}`));
  });

  it('lasts three days at most, and has a reason', async () => {
    assert.equal((await propose(tokens.ada, { hours: 73 })).status, 422);
    assert.equal((await propose(tokens.ada, { reason: 'down' })).status, 422);
  });
});
