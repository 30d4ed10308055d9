import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { findConnection, housekeepingScope, openStore, setConnectionState } from '@sallyport/store';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { acceptedDial, expiredDial, playConnector, type PlayedConnector } from './played-connector.ts';
import { startWeb, type RunningWeb, type WebAnswer } from './running-web.ts';

interface Fields {
  readonly [member: string]: unknown;
}

const contacts = {
  owner: { name: 'Olga Owner', email: 'olga@example.org' },
  technical: { name: 'Tom Technical', email: 'tom@example.org' },
};
const secretToken = 'a-very-secret-personal-access-token';
let hosts = 0;
/** A wish that has no fault; each on a host of its own. */
const wish = (over: Fields = {}): Fields => ({
  customer: { name: `Customer ${++hosts}` },
  baseUrl: `https://jira-${hosts}.example.org/jira`,
  authentication: { kind: 'pat', token: secretToken },
  projectKeys: ['ABC', 'DEF'],
  contacts,
  ...over,
});

let database: EmbeddedDatabase;
let connector: PlayedConnector;
let web: RunningWeb;
before(async () => {
  database = await startDatabase();
  connector = await playConnector(database);
  web = await startWeb(database, { SALLYPORT_CALL_TIMEOUT_MILLISECONDS: '3000' });
});
after(async () => {
  await web?.stop();
  await connector?.stop();
  await database?.stop();
});

const api = (method: string, path: string, body?: unknown): Promise<WebAnswer> =>
  web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
const made = async (over: Fields = {}): Promise<Fields & { id: string }> => {
  const answer = await api('POST', '/connections', wish(over));
  assert.equal(answer.status, 201, answer.text);
  return answer.body as Fields & { id: string };
};
const problem = (
  answer: WebAnswer,
): { code: string; detail: string; fields: { path: string; code: string }[] } & Fields => {
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/);
  return answer.body as never;
};

describe('creating a connection', () => {
  it('keeps a draft under first terms, bound to the default client certificate, and dials nothing', async () => {
    const before = connector.calls.length;
    const connection = await made();
    assert.equal(connection.state, 'draft');
    assert.equal((connection.terms as Fields).version, 1);
    assert.equal((connection.clientCertificate as Fields).name, '*.operator.example');
    assert.deepEqual(connection.actions, ['check', 'retire']);
    assert.equal(connector.calls.length, before);
    const { body } = await api('GET', '/audit?limit=5');
    const events = (body as { items: Fields[] }).items;
    assert.ok(
      events.some(
        ({ action, subject }) => action === 'connection.created' && subject === `connection:${connection.id}`,
      ),
    );
  });

  it('seals the credential so that the connector can open it and no answer holds it', async () => {
    const { id } = await made();
    const stored = await findConnection(connector.store, housekeepingScope('test'), id);
    assert.ok(stored !== null);
    assert.deepEqual(JSON.parse(await connector.open(stored.credentialSecretId)), { kind: 'pat', token: secretToken });
    for (const path of ['', '/terms', '/terms?format=html', '/handshakes', '/progress']) {
      const answer = await api('GET', `/connections/${id}${path}`);
      assert.equal(answer.status, 200, answer.text);
      assert.ok(!answer.text.includes(secretToken), path);
    }
    assert.ok(!web.log().includes(secretToken));
  });

  it('cannot be read or swapped by the role of the web tier', async () => {
    const store = openStore({ url: database.web, applicationName: 'test' });
    try {
      await assert.rejects(store.pool.query('select sealed from sallyport.sealed_secret'), /permission denied/);
      await assert.rejects(
        store.pool.query("update sallyport.sealed_secret set sealed = '\\x00'"),
        /permission denied/,
      );
    } finally {
      await store.close();
    }
  });

  for (const [sentence, over, path, code] of [
    [
      'a URL with a password in it',
      { baseUrl: 'https://user:pass@jira.example.org/' },
      'baseUrl',
      'TERMS_URL_CREDENTIALS',
    ],
    ['a URL that is not https', { baseUrl: 'http://jira.example.org/' }, 'baseUrl', 'TERMS_URL_NOT_HTTPS'],
    ['a URL that is none', { baseUrl: 'jira' }, 'baseUrl', 'TERMS_URL_MALFORMED'],
    ['a loopback address', { baseUrl: 'https://127.0.0.1/jira' }, 'baseUrl', 'address-forbidden'],
    ['a loopback address written as a number', { baseUrl: 'https://2130706433/jira' }, 'baseUrl', 'address-forbidden'],
    ['an IPv4-mapped loopback address', { baseUrl: 'https://[::ffff:127.0.0.1]/' }, 'baseUrl', 'address-forbidden'],
    ['the name localhost', { baseUrl: 'https://localhost:9000/' }, 'baseUrl', 'address-forbidden'],
    [
      'the metadata service, even where private addresses are allowed',
      { baseUrl: 'https://169.254.169.254/', allowPrivate: true },
      'baseUrl',
      'address-forbidden',
    ],
    ['no project', { projectKeys: [] }, 'projectKeys', 'TERMS_PROJECT_KEY'],
    ['a project key that is none', { projectKeys: ['ABC', 'no key'] }, 'projectKeys.1', 'TERMS_PROJECT_KEY'],
    [
      'going without a client certificate and without a reason',
      { clientCertificate: { required: false, reason: '' } },
      'clientCertificate.reason',
      'too_small',
    ],
    [
      'anchors that are no PEM',
      { anchors: { kind: 'pem', pem: '-----BEGIN CERTIFICATE-----\nnot base64 !!!\n-----END CERTIFICATE-----' } },
      'anchors.pem',
      'X509_PEM_MALFORMED',
    ],
    [
      'a truncated PEM',
      { anchors: { kind: 'pem', pem: '-----BEGIN CERTIFICATE-----\nMIIB' } },
      'anchors.pem',
      'X509_PEM_MALFORMED',
    ],
    [
      'a private key among the anchors',
      {
        anchors: {
          kind: 'pem',
          pem: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----',
        },
      },
      'anchors.pem',
      'TERMS_ANCHORS',
    ],
    ['an egress group that is unknown', { egressGroup: 'mars' }, 'egressGroup', 'egress-group-unknown'],
    ['a member that nobody knows', { surprise: true }, '', 'unrecognized_keys'],
    [
      'a contact without address',
      { contacts: { ...contacts, owner: { name: 'Olga', email: 'nowhere' } } },
      'contacts.owner',
      'TERMS_CONTACT',
    ],
  ] as const) {
    it(`refuses ${sentence}, by field and code`, async () => {
      const answer = await api('POST', '/connections', wish(over));
      assert.equal(answer.status, 422, answer.text);
      const { fields } = problem(answer);
      assert.ok(
        fields.some((fault) => fault.path === path && fault.code === code),
        answer.text,
      );
      assert.ok(!answer.text.includes('pass@'), 'a password in a URL is not repeated');
    });
  }

  it('refuses a huge PEM and a huge body with clear errors', async () => {
    const huge = await api('POST', '/connections', wish({ anchors: { kind: 'pem', pem: 'A'.repeat(150_000) } }));
    assert.equal(huge.status, 422, huge.text);
    assert.equal(problem(huge).fields[0]?.path, 'anchors.pem');
    const larger = await api('POST', '/connections', wish({ anchors: { kind: 'pem', pem: 'A'.repeat(300_000) } }));
    assert.equal(larger.status, 413, larger.text);
    assert.equal(problem(larger).code, 'request-too-large');
  });

  it('refuses what is no JSON, and what is another media type', async () => {
    const broken = await web.ask('POST', '/api/v1/connections', { body: '{"customer":' });
    assert.deepEqual([broken.status, problem(broken).code], [400, 'request-malformed']);
    const polluted = await web.ask('POST', '/api/v1/connections', { body: '{"__proto__":{"x":1}}' });
    assert.deepEqual([polluted.status, problem(polluted).code], [400, 'request-malformed']);
    const form = await web.ask('POST', '/api/v1/connections', {
      body: 'a=b',
      headers: { 'content-type': 'text/plain' },
    });
    assert.deepEqual([form.status, problem(form).code], [415, 'media-type-unsupported']);
  });

  it('gives a Jira host to one customer until an operator confirms a second', async () => {
    const first = await made();
    const second = wish({ baseUrl: `${String(first.baseUrl)}/other` });
    const refused = await api('POST', '/connections', second);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'host-belongs-to-another-customer']);
    const { name } = second.customer as { name: string };
    assert.ok(!(await api('GET', '/customers')).text.includes(`"${name}"`), 'a refusal leaves no customer behind');
    const confirmed = await api('POST', '/connections', { ...second, confirmSharedHost: true });
    assert.equal(confirmed.status, 201, confirmed.text);
    const { body } = await api('GET', '/audit?limit=5');
    assert.ok((body as { items: Fields[] }).items.some(({ action }) => action === 'host.shared'));
  });

  it('goes without a client certificate only with a reason, and shows it', async () => {
    const reason = 'Their enforcer is rebuilt until Friday.';
    const connection = await made({ clientCertificate: { required: false, reason } });
    assert.equal(connection.clientCertificate, null);
    assert.equal(connection.withoutReason, reason);
  });

  it('prints the terms as a page that needs nothing but itself, and as JSON under the same hash', async () => {
    const { id, terms } = await made();
    const page = await api('GET', `/connections/${id}/terms?format=html`);
    assert.match(page.headers['content-type'] ?? '', /^text\/html/);
    const nonce = /style-src 'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1];
    assert.ok(nonce !== undefined && page.text.includes(nonce), 'its style is allowed by a nonce');
    const json = await api('GET', `/connections/${id}/terms`);
    const { sha256 } = json.body as { sha256: string };
    assert.equal(sha256, (terms as Fields).sha256);
    assert.ok(page.text.includes(sha256));
  });
});

describe('checking and activating', () => {
  it('answers with the evidence of a dial that was refused, and says who must act', async () => {
    const { id } = await made();
    connector.next = expiredDial;
    const answer = await api('POST', `/connections/${id}/check`);
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
    const refused = await api('POST', `/connections/${id}/activate`);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'check-needed']);
  });

  it('activates after an accepted check, pauses and resumes', async () => {
    const { id } = await made();
    connector.next = acceptedDial;
    const early = await api('POST', `/connections/${id}/activate`);
    assert.deepEqual([early.status, problem(early).code], [409, 'check-needed']);
    const checked = await api('POST', `/connections/${id}/check`);
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
      const answer = await api('POST', `/connections/${id}/${action}`);
      assert.equal(answer.status, 200, answer.text);
      assert.equal((answer.body as Fields).state, state);
    }
    const over = await api('POST', `/connections/${id}/check`);
    assert.deepEqual([over.status, problem(over).code], [409, 'state-conflict']);
  });

  it('does not activate where the far side refused our client certificate', async () => {
    const { id } = await made();
    connector.next = {
      verdict: 'accepted',
      evidence: { ...acceptedDial.evidence, clientCertificateOutcome: 'refused', httpStatus: 400 },
    };
    const checked = await api('POST', `/connections/${id}/check`);
    assert.equal(((checked.body as Fields).connection as Fields).state, 'draft');
    assert.equal(
      (((checked.body as Fields).connection as Fields).lastError as Fields).code,
      'client-certificate-refused',
    );
    const refused = await api('POST', `/connections/${id}/activate`);
    assert.equal(problem(refused).code, 'check-needed');
  });

  it('needs a new check after the terms have changed', async () => {
    const { id } = await made();
    connector.next = acceptedDial;
    await api('POST', `/connections/${id}/check`);
    const changed = await api('PATCH', `/connections/${id}`, { projectKeys: ['ABC'] });
    assert.equal(changed.status, 200, changed.text);
    assert.equal(((changed.body as Fields).terms as Fields).version, 2);
    const refused = await api('POST', `/connections/${id}/activate`);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'check-needed']);
  });

  it('takes weaker terms only with their hash', async () => {
    const { id } = await made({ revocation: 'hard' });
    const refused = await api('PATCH', `/connections/${id}`, { revocation: 'off' });
    assert.equal(refused.status, 409, refused.text);
    const { code, seen } = problem(refused) as unknown as {
      code: string;
      seen: { weakens: string[]; termsSha256: string };
    };
    assert.equal(code, 'terms-approval-needed');
    assert.ok(seen.weakens.length > 0);
    const approved = await api('PATCH', `/connections/${id}`, { revocation: 'off', approvedSha256: seen.termsSha256 });
    assert.equal(approved.status, 200, approved.text);
    assert.equal(((approved.body as Fields).terms as Fields).sha256, seen.termsSha256);
  });

  it('stays in use where what is dialled stays the same, and asks for a check where it does not', async () => {
    const { id } = await made();
    const scope = housekeepingScope('test');
    await setConnectionState(connector.store, scope, id, 'active');
    const refused = await api('PATCH', `/connections/${id}`, { probes: 'negative' });
    const { detail, seen } = problem(refused) as unknown as { detail: string; seen: { termsSha256: string } };
    assert.doesNotMatch(detail, /\.\./);
    const agreed = await api('PATCH', `/connections/${id}`, { probes: 'negative', approvedSha256: seen.termsSha256 });
    assert.deepEqual([agreed.status, (agreed.body as Fields).state], [200, 'active'], agreed.text);
    const renewed = await api('PATCH', `/connections/${id}`, { authentication: { kind: 'pat', token: 'another' } });
    assert.deepEqual([renewed.status, (renewed.body as Fields).state], [200, 'draft'], renewed.text);
  });

  it('keeps its host, and takes a new credential', async () => {
    const { id } = await made();
    const moved = await api('PATCH', `/connections/${id}`, { baseUrl: 'https://other.example.org/' });
    assert.deepEqual([moved.status, problem(moved).code], [409, 'host-is-fixed']);
    const renewed = await api('PATCH', `/connections/${id}`, {
      authentication: { kind: 'pat', token: 'another-token' },
    });
    assert.equal(renewed.status, 200, renewed.text);
    const stored = await findConnection(connector.store, housekeepingScope('test'), id);
    assert.deepEqual(JSON.parse(await connector.open(stored?.credentialSecretId ?? '')), {
      kind: 'pat',
      token: 'another-token',
    });
  });

  it('says that no connector answered, by the deadline, and leaves a draft', async () => {
    const { id } = await made();
    connector.next = null;
    const answer = await api('POST', `/connections/${id}/check`);
    connector.next = acceptedDial;
    assert.equal(answer.status, 504, answer.text);
    assert.deepEqual([problem(answer).code, problem(answer).actor], ['call-timed-out', 'operator']);
    const { body } = await api('GET', `/connections/${id}`);
    assert.equal((body as Fields).state, 'draft');
  });

  it('lists home in one answer, and one dial with the certificates that were shown', async () => {
    const { id } = await made();
    connector.next = acceptedDial;
    const checked = await api('POST', `/connections/${id}/check`);
    const { handshake } = checked.body as { handshake: { id: string } };
    const home = await api('GET', '/connections');
    const row = (home.body as { items: (Fields & { id: string })[] }).items.find((item) => item.id === id);
    assert.equal((row?.checks as Record<string, Fields> | undefined)?.trust?.status, 'pass');
    const one = await api('GET', `/handshakes/${handshake.id}`);
    assert.equal(one.status, 200, one.text);
    assert.equal((one.body as { chainPem: string[] }).chainPem.length, 2);
    const list = await api('GET', `/connections/${id}/handshakes?limit=1`);
    assert.equal((list.body as { items: Fields[] }).items[0]?.id, handshake.id);
  });
});

describe('the rest of the API', () => {
  it('describes itself by the schemas that judge requests and answers', async () => {
    const { status, body } = await web.ask('GET', '/api/v1/openapi.json', { token: null });
    assert.equal(status, 200);
    const document = body as { openapi: string; paths: Record<string, Record<string, Fields>> };
    assert.match(document.openapi, /^3\./);
    for (const [path, method] of [
      ['/api/v1/connections', 'post'],
      ['/api/v1/connections', 'get'],
      ['/api/v1/connections/{id}', 'get'],
      ['/api/v1/connections/{id}', 'patch'],
      ['/api/v1/connections/{id}/issues', 'get'],
      ['/api/v1/connections/{id}/check', 'post'],
      ['/api/v1/connections/{id}/activate', 'post'],
      ['/api/v1/connections/{id}/pause', 'post'],
      ['/api/v1/connections/{id}/resume', 'post'],
      ['/api/v1/sign-in', 'post'],
      ['/api/v1/tokens', 'post'],
    ] as const) {
      assert.ok(document.paths[path]?.[method] !== undefined, `${method} ${path}`);
    }
    const created = document.paths['/api/v1/connections']?.post?.responses as Fields;
    assert.ok(created['201'] !== undefined, 'the answer is described');
    const refusal = created.default as { content: Record<string, Fields> };
    assert.deepEqual(Object.keys(refusal.content), ['application/problem+json']);
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    assert.equal(new Set(ids).size, ids.length, 'every operation has an id of its own');
    assert.ok(!JSON.stringify(document).includes('"$ref":"#/components/schemas/undefined"'));
  });

  it('answers the issues of a connection, none before the first sync', async () => {
    const { id } = await made();
    const { status, body } = await api('GET', `/connections/${id}/issues?search=x&limit=10`);
    assert.equal(status, 200);
    assert.deepEqual(body, { items: [], total: 0, nextCursor: null, statuses: [] });
    const progress = await api('GET', `/connections/${id}/progress`);
    assert.equal((progress.body as Fields).running, false);
    assert.equal((await api('GET', `/connections/${id}/issues/10000`)).status, 404);
  });

  it('says that no sandbox runs where none was set up', async () => {
    assert.equal(((await api('GET', '/sandbox')).body as Fields).present, false);
    const refused = await api('POST', '/sandbox/connection');
    assert.deepEqual([refused.status, problem(refused).code], [404, 'sandbox-absent']);
  });

  it('refuses a customer of a taken name, and answers unknown addresses and ids with 404', async () => {
    const first = await api('POST', '/customers', { name: 'Twice' });
    assert.equal(first.status, 201);
    const second = await api('POST', '/customers', { name: 'Twice' });
    assert.deepEqual([second.status, problem(second).code], [409, 'customer-name-taken']);
    assert.equal((await api('GET', '/connections/00000000-0000-4000-8000-000000000000')).status, 404);
    assert.equal(problem(await api('GET', '/nowhere')).code, 'not-found');
  });
});

describe('the enforcer kit of a connection', () => {
  it('is answered as JSON and as one text, from the terms and the bound certificate', async () => {
    const connection = await made();
    const path = `/connections/${connection.id}/enforcer`;
    const { status, body, text } = await api('GET', `${path}/haproxy`);
    assert.equal(status, 200, text);
    const kit = body as { files: { path: string; text: string }[]; warnings: string[]; facts: Fields };
    const configuration = kit.files.find((file) => file.path === '/etc/haproxy/sallyport.cfg')?.text ?? '';
    assert.match(configuration, /CN=\\x2a\\.operator\\.example/);
    assert.match(configuration, /\/jira\(\/rest\/api\/2\/serverInfo\|/);
    assert.match(kit.warnings.join('\n'), /name no CRL/);
    const printed = await web.ask('GET', `/api/v1${path}/nginx?format=text`);
    assert.match(printed.headers['content-type'] ?? '', /^text\/plain/);
    assert.match(printed.text, /^Enforcer kit for nginx\n/);
    assert.match(printed.text, /ssl_verify_client on;/);
    assert.match((await web.ask('GET', `/api/v1${path}/f5-big-ip?format=text`)).text, /NOT TESTED BY US/);
    const unknown = await api('GET', `${path}/netcat`);
    assert.equal(unknown.status, 404);
    assert.match(problem(unknown).detail, /no such product\. This must be .*nginx/);
    assert.equal((await web.ask('GET', `/api/v1${path}/nginx`, { token: null })).status, 401);
  });

  it('is refused where the connection presents no certificate', async () => {
    const without = await made({ clientCertificate: { required: false, reason: 'The customer has none yet.' } });
    const refused = await api('GET', `/connections/${without.id}/enforcer/nginx`);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'client-certificate-missing']);
  });

  it('is the same on the command line, which asks the database program', async () => {
    const { host } = await made();
    const launcher = new URL('../../sallyport', import.meta.url).pathname;
    const words = ['enforcer', 'apache', '--connection', String(host), '--upstream', 'jira-inside:8090', '--json'];
    const out = await new Promise<string>((resolve, reject) => {
      const env = { ...process.env, SALLYPORT_DATA: database.dataDirectory, DATABASE_URL: undefined };
      execFile(launcher, words, { env, timeout: 30_000 }, (error, said) =>
        error === null ? resolve(said) : reject(error),
      );
    });
    const kit = JSON.parse(out) as { facts: { host: string }; files: { text: string }[] };
    assert.equal(kit.facts.host, host);
    assert.match(kit.files[0]?.text ?? '', /ProxyPass "\/" "http:\/\/jira-inside:8090\/"/);
    assert.match(kit.files[0]?.text ?? '', /SSL_CLIENT_SAN_DNS_0} == '\*\.operator\.example'/);
  });
});
