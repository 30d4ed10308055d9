import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openStore } from '@sallyport/store';
import { callApi, eventually, startSallyport, type RunningSallyport } from './running-sallyport.ts';

const planted = {
  token: 'PLANTED-token-5c1e0f9ab2',
  password: 'PLANTED-password-81d7e3',
  second: 'PLANTED-second-token-e41b',
  signIn: 'PLANTED-sign-in-password-77aa12',
};
const username = 'svc-planted';

/** What a secret may look like where it leaked: as it is, and as the encodings that it passes through. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  // Base64 depends on where in three bytes a text begins; the whole groups inside are always there.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [secret, bytes.toString('hex'), encodeURIComponent(secret), ...base64];
}

describe('secrets that were planted', () => {
  let sallyport: RunningSallyport;
  const secrets = new Map<string, string>(Object.entries(planted));
  const answers: string[] = [];
  const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
    const answer = await sallyport.call(method, path, body);
    answers.push(JSON.stringify(answer.body ?? null));
    return answer;
  };
  const idOf = (answer: { body: unknown }): string => (answer.body as { id: string }).id;

  before(async () => {
    sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '50', SALLYPORT_LOG: 'trace' });
    const { baseUrl, anchorsPem, personalAccessToken, clientCertificates } = JSON.parse(
      readFileSync(join(sallyport.dataDirectory, 'sandbox/sandbox.json'), 'utf8'),
    ) as {
      baseUrl: string;
      anchorsPem: string;
      personalAccessToken: string;
      clientCertificates: { keyPem: string }[];
    };
    secrets.set('sandbox token', personalAccessToken);
    for (const [index, { keyPem }] of clientCertificates.entries())
      secrets.set(`client key ${index}`, keyPem.split('\n')[2] ?? '');
    secrets.set('bootstrap token', sallyport.token);
    const link = /#(.+)$/.exec(sallyport.signInUrl ?? '')?.[1];
    if (link !== undefined) {
      secrets.set('one-time link', link);
      const operator = { token: link, email: 'a@example.org', name: 'A', password: planted.signIn };
      await callApi(`${sallyport.url}/api/v1/first-operator`, 'POST', null, operator);
    }

    // One that works, and its issues.
    const works = idOf(await call('POST', '/sandbox/connection'));
    await call('POST', `/connections/${works}/check`);
    await call('POST', `/connections/${works}/activate`);
    await eventually('issues have arrived', async () => {
      const { body } = await sallyport.call('GET', `/connections/${works}/issues?limit=1`);
      return (body as { total?: number }).total === 50 ? true : null;
    });
    // Two whose credentials the far side refuses: errors are where secrets leak.
    const contacts = { owner: { name: 'A', email: 'a@example.org' }, technical: { name: 'B', email: 'b@example.org' } };
    for (const authentication of [
      { kind: 'pat', token: planted.token },
      { kind: 'basic', username, password: planted.password },
    ]) {
      const created = await call('POST', '/connections', {
        customer: { name: 'Planted' },
        name: authentication.kind,
        baseUrl,
        authentication,
        projectKeys: ['SAND'],
        contacts,
        anchors: { kind: 'pem', pem: anchorsPem },
        allowPrivate: true,
        confirmSharedHost: true,
      });
      assert.equal(created.status, 201, JSON.stringify(created.body));
      const id = idOf(created);
      await call('POST', `/connections/${id}/check`);
      await call('POST', `/connections/${id}/activate`);
      const changed = await call('PATCH', `/connections/${id}`, {
        authentication: { kind: 'pat', token: planted.second },
      });
      assert.ok(changed.status < 500, JSON.stringify(changed.body));
      await call('POST', `/connections/${id}/check`);
      for (const path of ['', '/terms', '/handshakes', '/progress', '/issues'])
        await call('GET', `/connections/${id}${path}`);
    }
    // What is refused at the door tells nothing either.
    await call('POST', '/connections', {
      baseUrl: `https://u:${planted.password}@jira.example`,
      authentication: { kind: 'pat', token: [planted.token] },
    });
    for (const path of [
      '/connections',
      '/audit',
      '/tokens',
      '/customers',
      '/connectors',
      '/client-certificates',
      '/sandbox',
    ])
      await call('GET', path);
  });
  after(async () => sallyport?.stop());

  const search = (place: string, text: string): void => {
    for (const [name, secret] of secrets) {
      assert.ok(secret.length >= 16, `${name} is too short to search for`);
      for (const form of formsOf(secret)) assert.ok(!text.includes(form), `${name} stands in ${place}`);
    }
  };

  it('are in no log, at the most talkative level', () => {
    const folder = join(sallyport.dataDirectory, 'logs');
    const names = readdirSync(folder);
    assert.ok(names.some((name) => name.startsWith('connector')) && names.some((name) => name.startsWith('web')));
    for (const name of names) search(name, readFileSync(join(folder, name), 'utf8'));
    search('postgresql.log', readFileSync(join(sallyport.dataDirectory, 'database/postgresql.log'), 'utf8'));
  });

  it('are in no table, and in no payload of a job', async () => {
    const owner = openStore({
      url: readFileSync(join(sallyport.dataDirectory, 'secrets/owner-database-url'), 'utf8').trim(),
      applicationName: 'test-owner',
    });
    try {
      const { rows: tables } = await sql<{ schema: string; name: string }>`select nspname as schema, relname as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where nspname in ('sallyport', 'graphile_worker') and relkind in ('r', 'p')`.execute(owner.db);
      assert.ok(
        tables.some(({ name }) => name === '_private_jobs') && tables.some(({ name }) => name === 'sealed_secret'),
      );
      for (const { schema, name } of tables) {
        const { rows } = await sql<{ text: string | null }>`select string_agg(row_to_json(t)::text, E'\n') as text
          from ${sql.id(schema, name)} t`.execute(owner.db);
        search(`${schema}.${name}`, rows[0]?.text ?? '');
      }
    } finally {
      await owner.close();
    }
  });

  it('are in no answer of the API', () => {
    assert.ok(answers.length > 25);
    for (const answer of answers) search('an answer', answer);
  });

  it('would have been found', () => {
    assert.throws(() => search('a text', `x${Buffer.from(`${username}:${planted.password}`).toString('base64')}y`));
    assert.throws(() => search('a text', JSON.stringify({ token: planted.token })));
  });
});
