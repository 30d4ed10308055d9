/** The forward proxy of a connection from the API to the dial target, and what a web tier that is taken over cannot do with it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { findConnection, housekeepingScope, openStore, type Connection, type Store } from '@sallyport/store';
import { dial } from '@sallyport/tls-dialer';
import { termsHash, type Terms } from '@sallyport/terms';
import { bindConnection, type BoundConnection } from '../../programs/connector/src/connections/bound-connection.ts';
import { dialTarget } from '../../programs/connector/src/connections/dial-target.ts';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { startTcpServer } from './far-side.ts';
import { playConnector, type PlayedConnector } from './played-connector.ts';
import { startWeb, type RunningWeb, type WebAnswer } from './running-web.ts';

const secret = 'Geheim-of-the-proxy';
const token = 'token-for-jira';
const proxy = { url: 'http://Proxy.example.org:3128/', authenticationKind: 'basic', allowPrivate: true };
const proxyCredential = { username: 'egress', password: secret };
const person = { name: 'Olga', email: 'olga@example.org' };

describe('the forward proxy of a connection', () => {
  let database: EmbeddedDatabase;
  let connector: PlayedConnector;
  let web: RunningWeb;
  let webRole: Store;
  let made = 0;
  before(async () => {
    database = await startDatabase();
    connector = await playConnector(database);
    web = await startWeb(database);
    webRole = openStore({ url: database.web, applicationName: 'test-web' });
  });
  after(async () => {
    await webRole?.close();
    await web?.stop();
    await connector?.stop();
    await database?.stop();
  });

  const api = (method: string, path: string, body?: unknown): Promise<WebAnswer> =>
    web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
  const wish = (over: object): object => ({
    customer: { name: `Customer ${++made}` },
    baseUrl: `https://jira-${made}.example.org`,
    authentication: { kind: 'pat', token },
    projectKeys: ['ABC'],
    contacts: { owner: person, technical: person },
    ...over,
  });
  async function create(over: object = { proxy, proxyCredential }): Promise<Connection> {
    const answer = await api('POST', '/connections', wish(over));
    assert.equal(answer.status, 201, answer.text);
    return stored((answer.body as { id: string }).id);
  }
  async function stored(id: string): Promise<Connection> {
    const connection = await findConnection(connector.store, housekeepingScope('test'), id);
    assert.ok(connection !== null);
    return connection;
  }
  async function bind({ id, customerId }: Connection): Promise<BoundConnection> {
    const binder = { store: connector.store, connectorId: 'test', egressGroup: 'default', sealKey: connector.key };
    const bound = await bindConnection(binder, { connectionId: id, customerId });
    assert.ok(bound !== null);
    return bound;
  }
  const fieldsOf = ({ body }: WebAnswer): string[] =>
    (body as { fields: { path: string; code: string }[] }).fields.map(({ path, code }) => `${path} ${code}`);
  async function patchApproved(id: string, change: object): Promise<WebAnswer> {
    const asked = await api('PATCH', `/connections/${id}`, change);
    const { seen } = asked.body as { seen?: { termsSha256: string } };
    return api('PATCH', `/connections/${id}`, { ...change, approvedSha256: seen?.termsSha256 });
  }
  /** As somebody who has the web tier: terms of his own, put in force. */
  async function seize(connection: Connection, change: Partial<Terms>): Promise<void> {
    const terms: Terms = { ...connection.terms, ...change, version: connection.terms.version + 1 };
    await webRole.db.transaction().execute(async (tx) => {
      await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
      await sql`insert into terms (customer_id, connection_id, version, document, sha256, weakens, written_by)
        values (${connection.customerId}, ${connection.id}, ${terms.version}, ${JSON.stringify(terms)}::jsonb, ${termsHash(terms)}, '{}', 'attacker')`.execute(
        tx,
      );
      await sql`select take_terms_into_effect(${connection.id}::uuid, ${terms.version}::int, ${termsHash(terms)}, 'attacker')`.execute(
        tx,
      );
    });
  }

  it('is in the terms in one form, its credential sealed apart, and in no answer or log', async () => {
    const connection = await create();
    assert.equal(connection.terms.proxy?.url, 'http://proxy.example.org:3128');
    const sealed = await connector.open(connection.proxyCredentialSecretId ?? '');
    assert.deepEqual(JSON.parse(sealed), { ...proxyCredential, proxy: 'http://proxy.example.org:3128' });
    for (const path of ['', '/terms', '/terms?format=html', '/handshakes']) {
      const answer = await api('GET', `/connections/${connection.id}${path}`);
      assert.equal(answer.status, 200);
      assert.equal(answer.text.includes(secret), false, path);
    }
    assert.equal(web.log().includes(secret), false);
  });

  it('is what connectors dial through, with its credential', async () => {
    const target = dialTarget(await bind(await create()));
    assert.equal(target.proxy?.url, 'http://proxy.example.org:3128');
    assert.deepEqual(target.proxy?.authentication, { kind: 'basic', user: 'egress', password: secret });
    assert.equal(target.proxy?.allowPrivate, true);
    assert.equal(target.allowPrivate, false, "the proxy's permission is not the target's");
    assert.equal(dialTarget(await bind(await create({}))).proxy, null);
  });

  it('gets CONNECT with that credential, and its refusal is told as its own', async () => {
    const far = await startTcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')),
    );
    const connection = await create({ proxy: { ...proxy, url: `http://127.0.0.1:${far.port}` }, proxyCredential });
    const outcome = await dial({ ...dialTarget(await bind(connection)), clientCertificate: null });
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'proxy-forbidden');
    const credential = Buffer.from(`egress:${secret}`).toString('base64');
    assert.match(
      far.sent()[0]?.toString() ?? '',
      new RegExp(`^CONNECT ${connection.host}:443 [^]*Basic ${credential}`),
    );
    await far.close();
  });

  it('needs its credential, and another one needs every credential anew', async () => {
    const without = await api('POST', '/connections', wish({ proxy }));
    assert.deepEqual(fieldsOf(without), ['proxyCredential proxy-credential-needed']);
    const unused = await api('POST', '/connections', wish({ proxyCredential }));
    assert.deepEqual(fieldsOf(unused), ['proxyCredential proxy-credential-unused']);
    const typed = await api('POST', '/connections', wish({ proxy: { ...proxy, url: `http://a:${secret}@proxy:1` } }));
    assert.equal(typed.status, 422);
    assert.equal(typed.text.includes(secret), false);
    const { id } = await create();
    const other = { proxy: { ...proxy, url: 'https://other.example.org:8443' } };
    const moved = await api('PATCH', `/connections/${id}`, other);
    assert.deepEqual(fieldsOf(moved), ['proxyCredential proxy-credential-needed']);
    const half = await api('PATCH', `/connections/${id}`, { ...other, proxyCredential });
    assert.deepEqual(fieldsOf(half), ['authentication credential-needed-for-proxy']);
    const all = { ...other, proxyCredential, authentication: { kind: 'pat', token } };
    assert.equal((await patchApproved(id, all)).status, 200);
    assert.equal(dialTarget(await bind(await stored(id))).proxy?.url, 'https://other.example.org:8443');
  });

  it('goes away by null, once that is approved, and stays where nobody speaks of it', async () => {
    const { id } = await create();
    assert.equal((await patchApproved(id, { proxy: null })).status, 200);
    assert.equal(dialTarget(await bind(await stored(id))).proxy, null);
    const kept = await create();
    assert.equal((await patchApproved(kept.id, { projectKeys: ['ABC', 'DEF'] })).status, 200);
    assert.equal((await stored(kept.id)).terms.proxy?.url, 'http://proxy.example.org:3128');
    await bind(await stored(kept.id));
  });

  it("is never another's: seized terms lead neither its credential nor Jira's through a stranger", async () => {
    const theirs = {
      url: 'http://attacker.example.org:3128',
      authenticationKind: 'basic',
      anchors: { kind: 'public' },
      allowPrivate: false,
    } as const;
    for (const [over, change] of [
      [{ proxy, proxyCredential }, { proxy: theirs }],
      [{}, { proxy: theirs }],
      [{}, { proxy: { ...theirs, authenticationKind: 'none' } }],
    ] as const) {
      const connection = await create(over);
      await seize(connection, change);
      await assert.rejects(bind(connection), { code: 'credential-for-another-way' });
    }
  });

  it('keeps its credential from the role of the web tier', async () => {
    const [ours, theirs] = [await create(), await create()];
    const attempt = (statement: ReturnType<typeof sql>): Promise<unknown> =>
      webRole.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
        return statement.execute(tx);
      });
    const swap = sql`select replace_proxy_credential(${ours.id}::uuid, ${theirs.proxyCredentialSecretId}::uuid)`;
    await assert.rejects(attempt(swap), { code: '23514' });
    const asJira = sql`select replace_credential(${ours.id}::uuid, ${ours.proxyCredentialSecretId}::uuid)`;
    await assert.rejects(attempt(asJira), { code: '23514' });
    const update = sql`update connection set proxy_credential_secret_id = null where id = ${ours.id}`;
    await assert.rejects(attempt(update), { code: '42501' });
  });
});
