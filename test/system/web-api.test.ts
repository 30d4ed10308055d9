/** The API beside its connections: its own description, issues, customers, and the enforcer kit. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { WebApiWorld, type Fields, problem } from './web-api-world.ts';

let world: WebApiWorld;
before(async () => {
  world = await WebApiWorld.start();
});
after(() => world?.stop());

describe('the rest of the API', () => {
  it('describes itself by the schemas that judge requests and answers', async () => {
    const { status, body } = await world.web.ask('GET', '/api/v1/openapi.json', { token: null });
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

  it('says of each operation in one line what it does, under a noun that is described, in patterns that every tool reads', async () => {
    const { body } = await world.web.ask('GET', '/api/v1/openapi.json', { token: null });
    const document = body as {
      paths: Record<string, Record<string, Fields>>;
      tags: { name: string; description: string }[];
    };
    const nouns = new Map(document.tags.map(({ name, description }) => [name, description]));
    const summaries: string[] = [];
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, { summary, tags, operationId }] of Object.entries(operations)) {
        const [noun] = (tags ?? []) as string[];
        assert.match(String(summary ?? ''), /^[A-Z].{15,160}\.$/u, `${method} ${path} has a summary`);
        assert.ok(nouns.get(noun ?? '') !== undefined, `${method} ${path} has a noun: ${noun}`);
        assert.ok(operationId !== undefined, `${method} ${path} has an id`);
        summaries.push(String(summary));
      }
    assert.equal(new Set(summaries).size, summaries.length, 'no two say the same');
    const patterns = JSON.stringify(document).match(/"pattern":"(?:[^"\\]|\\.)*"/g) ?? [];
    assert.ok(patterns.length > 0);
    for (const pattern of patterns) assert.doesNotMatch(pattern, /\\p\{/i);
  });

  it('answers the issues of a connection, none before the first sync', async () => {
    const { id } = await world.made();
    const { status, body } = await world.api('GET', `/connections/${id}/issues?search=x&limit=10`);
    assert.equal(status, 200);
    assert.deepEqual(body, { items: [], total: 0, nextCursor: null, statuses: [] });
    const progress = await world.api('GET', `/connections/${id}/progress`);
    assert.equal((progress.body as Fields).running, false);
    assert.equal((await world.api('GET', `/connections/${id}/issues/10000`)).status, 404);
  });

  it('says that no sandbox runs where none was set up', async () => {
    assert.equal(((await world.api('GET', '/sandbox')).body as Fields).present, false);
    const refused = await world.api('POST', '/sandbox/connection');
    assert.deepEqual([refused.status, problem(refused).code], [404, 'sandbox-absent']);
  });

  it('refuses a customer of a taken name, and answers unknown addresses and ids with 404', async () => {
    const first = await world.api('POST', '/customers', { name: 'Twice' });
    assert.equal(first.status, 201);
    const second = await world.api('POST', '/customers', { name: 'Twice' });
    assert.deepEqual([second.status, problem(second).code], [409, 'customer-name-taken']);
    assert.equal((await world.api('GET', '/connections/00000000-0000-4000-8000-000000000000')).status, 404);
    assert.equal(problem(await world.api('GET', '/nowhere')).code, 'not-found');
  });
});

describe('the enforcer kit of a connection', () => {
  it('is answered as JSON and as one text, from the terms and the bound certificate', async () => {
    const connection = await world.made();
    const path = `/connections/${connection.id}/enforcer`;
    const { status, body, text } = await world.api('GET', `${path}/haproxy`);
    assert.equal(status, 200, text);
    const kit = body as { files: { path: string; text: string }[]; warnings: string[]; facts: Fields };
    const configuration = kit.files.find((file) => file.path === '/etc/haproxy/sallyport.cfg')?.text ?? '';
    assert.match(configuration, /CN=\\x2a\\.operator\\.example/);
    assert.match(configuration, /\/jira\(\/rest\/api\/2\/serverInfo\|/);
    assert.match(kit.warnings.join('\n'), /name no CRL/);
    const printed = await world.web.ask('GET', `/api/v1${path}/nginx?format=text`);
    assert.match(printed.headers['content-type'] ?? '', /^text\/plain/);
    assert.match(printed.text, /^Enforcer kit for nginx\n/);
    assert.match(printed.text, /ssl_verify_client on;/);
    assert.match((await world.web.ask('GET', `/api/v1${path}/f5-big-ip?format=text`)).text, /NOT TESTED BY US/);
    const unknown = await world.api('GET', `${path}/netcat`);
    assert.equal(unknown.status, 404);
    assert.match(problem(unknown).detail, /no such product\. This must be .*nginx/);
    assert.equal((await world.web.ask('GET', `/api/v1${path}/nginx`, { token: null })).status, 401);
  });

  it('is refused where the connection presents no certificate', async () => {
    const without = await world.made({ clientCertificate: { required: false, reason: 'The customer has none yet.' } });
    const refused = await world.api('GET', `/connections/${without.id}/enforcer/nginx`);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'client-certificate-missing']);
  });

  it('is the same on the command line, which asks the database program', async () => {
    const { host } = await world.made();
    const launcher = new URL('../../sallyport', import.meta.url).pathname;
    const words = ['enforcer', 'apache', '--connection', String(host), '--upstream', 'jira-inside:8090', '--json'];
    const out = await new Promise<string>((resolve, reject) => {
      const env = { ...process.env, SALLYPORT_DATA: world.database.dataDirectory, DATABASE_URL: undefined };
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
