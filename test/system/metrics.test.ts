import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { acceptedDial, playConnector, type PlayedConnector } from './played-connector.ts';
import { eventually } from './running-sallyport.ts';
import { startWeb, type RunningWeb } from './running-web.ts';

const alerts = new URL('../../deploy/alerts/', import.meta.url);

let database: EmbeddedDatabase;
let connector: PlayedConnector;
let web: RunningWeb;
before(async () => {
  database = await startDatabase();
  connector = await playConnector(database);
  web = await startWeb(database);
});
after(async () => {
  await web?.stop();
  await connector?.stop();
  await database?.stop();
  if (database !== undefined) rmSync(database.dataDirectory, { recursive: true, force: true });
});

const sampleOf = (text: string, name: string): number | null => {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
  return line === undefined ? null : Number(line.split(' ').at(-1));
};

describe('metrics', () => {
  it('need a token', async () => {
    assert.equal((await web.ask('GET', '/metrics', { token: null })).status, 401);
    assert.equal((await web.ask('GET', '/metrics', { token: 'x'.repeat(40) })).status, 401);
    const answer = await web.ask('GET', '/metrics');
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-type'] ?? '', /^text\/plain/);
  });

  it('say what the connectors wrote: they have no port that could be asked', async () => {
    const { text } = await web.ask('GET', '/metrics');
    assert.match(
      text,
      /sallyport_connector_heartbeat_age_seconds\{connector="played-connector",egress_group="default"\} \d/,
    );
    assert.equal(sampleOf(text, 'sallyport_connectors_alive'), 1);
  });

  it('count connections by state, and the share that fails', async () => {
    const contact = { name: 'Olga', email: 'olga@example.org' };
    const body = {
      customer: { name: 'Customer' },
      baseUrl: 'https://jira.example.org/',
      authentication: { kind: 'pat', token: 'a token' },
      projectKeys: ['ABC'],
      contacts: { owner: contact, technical: contact },
    };
    const { id } = (await web.ask('POST', '/api/v1/connections', { body })).body as { id: string };
    connector.next = acceptedDial;
    await web.ask('POST', `/api/v1/connections/${id}/check`);
    assert.equal((await web.ask('POST', `/api/v1/connections/${id}/activate`)).status, 200);
    const { text } = await web.ask('GET', '/metrics');
    assert.match(text, /sallyport_connections\{state="active"\} 1/);
    assert.match(text, /sallyport_connections\{state="draft"\} 0/);
    assert.equal(sampleOf(text, 'sallyport_connections_failing_share'), 0);
    // Activation asks for a sync, and nobody takes it here.
    assert.equal(sampleOf(text, 'sallyport_queue_jobs'), 1);
    const end = Date.parse('2027-01-30T00:00:00Z') / 1000;
    assert.equal(sampleOf(text, 'sallyport_server_certificate_next_expiry_timestamp_seconds'), end);
  });

  it('are the ones that the example alert rules ask for', async () => {
    const { text } = await web.ask('GET', '/metrics');
    const rules = readdirSync(alerts)
      .filter((name) => name.endsWith('.yml'))
      .map((name) => readFileSync(new URL(name, alerts), 'utf8'))
      .join('\n');
    const asked = [...new Set(rules.match(/\bsallyport_[a-z_]+/g) ?? [])];
    assert.ok(asked.length >= 6, asked.join(', '));
    for (const name of asked) assert.ok(sampleOf(text, name) !== null, `${name} is not among the metrics`);
  });
});

describe('health', () => {
  it('is alive and ready while the database answers, and alive but not ready while it does not', async () => {
    assert.equal((await web.ask('GET', '/livez', { token: null })).status, 200);
    assert.equal((await web.ask('GET', '/readyz', { token: null })).status, 200);
    const { dataDirectory } = database;
    await connector.stop();
    await endProgram(database.pid);
    const unready = await web.ask('GET', '/readyz', { token: null });
    assert.equal(unready.status, 503, unready.text);
    assert.equal((unready.body as { reason: string }).reason, 'database-unavailable');
    assert.equal((await web.ask('GET', '/livez', { token: null })).status, 200);
    const refused = await web.ask('GET', '/api/v1/connections');
    assert.equal(refused.status, 503, refused.text);
    assert.equal((refused.body as { code: string }).code, 'database-unavailable');
    database = await startDatabase({ dataDirectory });
    await eventually('the web tier is ready again by itself', async () =>
      (await web.ask('GET', '/readyz', { token: null })).status === 200 ? true : null,
    );
    assert.equal((await web.ask('GET', '/api/v1/connections')).status, 200);
  });
});

/** `stop` of the fixture would remove the data directory: here the serving program is ended alone. */
async function endProgram(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM');
  await eventually('the database program has ended', () => {
    try {
      process.kill(pid, 0);
      return null;
    } catch {
      return true;
    }
  });
}
