import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { housekeepingScope, openStore } from '@sallyport/store';
import { openSecret, sealKeyId } from '@sallyport/store/open-sealed';
import { issueCertificate } from '../../sandbox/src/demo-pki/certificate.ts';
import { callApi, eventually, startSallyport, type RunningSallyport } from './running-sallyport.ts';

const planted = {
  token: 'PLANTED-token-5c1e0f9ab2',
  password: 'PLANTED-password-81d7e3',
  second: 'PLANTED-second-token-e41b',
  signIn: 'PLANTED-sign-in-password-77aa12',
  upload: 'PLANTED-password-of-an-upload-3f9c',
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

  const sealKey = (): { publicKey: string; privateKey: string } =>
    JSON.parse(readFileSync(join(sallyport.dataDirectory, 'connector/seal-key.json'), 'utf8')) as never;
  const databaseUrl = (role: string): string =>
    readFileSync(join(sallyport.dataDirectory, `secrets/${role}-database-url`), 'utf8').trim();
  /** A line of each key that lies sealed in the database, opened as a connector would. */
  const keysInside = async (): Promise<string[]> => {
    const store = openStore({ url: databaseUrl('connector'), applicationName: 'test-connector' });
    const owner = openStore({ url: databaseUrl('owner'), applicationName: 'test-owner' });
    try {
      const [publicKey, privateKey] = [sealKey().publicKey, sealKey().privateKey].map((text) =>
        Buffer.from(text, 'base64'),
      );
      assert.ok(publicKey && privateKey);
      const pair = { id: sealKeyId(publicKey), publicKey, privateKey };
      const { rows } = await sql<{ id: string }>`select id from sealed_secret where purpose = 'client-key'`.execute(
        owner.db,
      );
      const opened = await Promise.all(rows.map(({ id }) => openSecret(store, housekeepingScope('test'), pair, id)));
      return opened.map((pem) => pem.split('\n')[2] ?? '');
    } finally {
      await store.close();
      await owner.close();
    }
  };

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
    // A key that comes in under a password, one that comes in clear, and one that is made inside.
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const encrypted = privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: planted.upload })
      .toString();
    const clear = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    secrets.set('uploaded key', clear.split('\n')[2] ?? '');
    const life = { notBefore: Date.now() - 86_400_000, notAfter: Date.now() + 9_000_000_000 };
    const subject = {
      commonName: 'planted',
      ...life,
      purpose: { kind: 'client', dnsNames: ['planted.operator.example'] },
    } as const;
    const { certificatePem } = issueCertificate(subject, clear, null);
    const own = { kind: 'operator-named', policy: 'agreed-private-ca' };
    for (const [files, password] of [
      [[encrypted, certificatePem], planted.upload],
      [[encrypted, certificatePem], `${planted.upload}-wrong`],
      [[clear, certificatePem], undefined],
    ] as const) {
      const uploaded = await call('POST', '/certificate-uploads', {
        ...own,
        ...(password === undefined ? {} : { password }),
        files: files.map((text) => ({ name: 'planted.pem', base64: Buffer.from(text).toString('base64') })),
      });
      assert.equal(uploaded.status, 202, JSON.stringify(uploaded.body));
      await eventually('the upload was judged', async () => {
        const { body } = await call('GET', `/certificate-uploads/${idOf(uploaded)}`);
        return (body as { state: string }).state === 'waiting' ? null : true;
      });
    }
    const requested = await call('POST', '/certificate-requests', { ...own, commonName: 'made inside' });
    await eventually('the key was made', async () => {
      const { body } = await call('GET', `/certificate-requests/${idOf(requested)}`);
      return (body as { state: string }).state === 'open' ? true : null;
    });
    for (const [index, line] of (await keysInside()).entries()) secrets.set(`sealed key ${index}`, line);
    secrets.set('seal key', sealKey().privateKey);
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
      '/certificate-requests',
      '/certificate-uploads',
      '/seal-keys',
      '/server-certificates',
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

  it('cannot be opened with what the web tier has: its role and its files', async () => {
    const web = openStore({ url: databaseUrl('web'), applicationName: 'test-web' });
    try {
      for (const [table, column] of [
        ['sealed_secret', 'sealed'],
        ['sealed_copy', 'sealed'],
        ['certificate_upload', 'sealed'],
      ] as const)
        await assert.rejects(sql`select ${sql.id(column)} from ${sql.id(table)}`.execute(web.db), { code: '42501' });
      // All that the role may read, whatever that is: no private half of a seal key, and no key.
      const { rows: tables } = await sql<{
        name: string;
        columns: string[];
      }>`select table_name as name, array_agg(column_name::text) as columns
        from information_schema.column_privileges where grantee = 'sallyport_web' and privilege_type = 'SELECT'
          and table_schema = 'sallyport' group by 1`.execute(web.db);
      assert.ok(tables.length > 20);
      for (const { name, columns } of tables) {
        const { rows } = await sql<{ text: string | null }>`select string_agg(row_to_json(t)::text, E'\n') as text
          from (select ${sql.join(columns.map((column) => sql.id(column)))} from ${sql.id(name)}) t`.execute(web.db);
        search(`what the web tier reads of ${name}`, rows[0]?.text ?? '');
      }
      for (const folder of ['web', 'secrets'])
        for (const name of readdirSync(join(sallyport.dataDirectory, folder))) {
          // The bootstrap token is the web tier's own, and is found by name.
          const text = readFileSync(join(sallyport.dataDirectory, folder, name), 'utf8');
          for (const [what, secret] of secrets)
            if (/key|upload/.test(what)) assert.ok(!text.includes(secret), `${what} stands in ${folder}/${name}`);
        }
    } finally {
      await web.close();
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
