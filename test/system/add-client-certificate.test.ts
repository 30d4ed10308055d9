import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { insertCustomer, jobScope, listClientCertificates, openStore, type Store } from '@sallyport/store';
import { sql } from 'kysely';
import { openSecret, type SealKeyPair } from '@sallyport/store/open-sealed';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { operator, registeredKey, withOwner } from './stored-connection.ts';

const launcher = new URL('../../sallyport', import.meta.url).pathname;
const withoutOpenssl = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';

describe('sallyport db add-client-certificate', { skip: withoutOpenssl }, () => {
  let folder: string;
  let database: EmbeddedDatabase;
  let web: Store;
  let connector: Store;
  let key: SealKeyPair;
  const file = (name: string): string => join(folder, name);
  const make = (name: string, extension: string, ...days: string[]): void => {
    const words = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      `/CN=${name}.example`,
    ];
    const { status, stderr } = spawnSync(
      'openssl',
      [...words, '-addext', extension, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), ...days],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
  };
  const run = (...words: string[]) =>
    spawnSync(launcher, ['db', 'add-client-certificate', ...words], {
      encoding: 'utf8',
      env: { ...process.env, SALLYPORT_DATA: database.dataDirectory, SALLYPORT_LOG: 'silent' },
    });
  const pair = (name: string): string[] => ['--certificate', file(`${name}.pem`), '--key', file(`${name}.key`)];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-certificates-'));
    database = await startDatabase();
    web = openStore({ url: database.web, applicationName: 'test-web' });
    connector = openStore({ url: database.connector, applicationName: 'test-connector' });
    key = await registeredKey(connector);
    make('client', 'extendedKeyUsage=clientAuth', '-days', '30');
    make('server', 'extendedKeyUsage=serverAuth', '-days', '30');
    make('custom', 'extendedKeyUsage=clientAuth', '-days', '30');
  });
  after(async () => {
    await web?.close();
    await connector?.close();
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('puts an operator certificate in, its key sealed for connectors', async () => {
    const { status, stdout, stderr } = run(...pair('client'), '--kind', 'operator-named', '--default');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /client\.example \(operator-named\) is in the inventory/);
    const [certificate] = await listClientCertificates(web, operator);
    assert.deepEqual([certificate?.name, certificate?.isDefault], ['client.example', true]);
    const scope = jobScope('connector-1', certificate?.customerId ?? '');
    const { rows } = await connector.db.transaction().execute(async (tx) => {
      await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
      return sql<{ id: string }>`select key_secret_id as id from client_certificate`.execute(tx);
    });
    assert.match(await openSecret(connector, scope, key, rows[0]?.id ?? ''), /PRIVATE KEY/);
  });

  it('keeps certificates only of a file that holds the key as well, and of roots', async () => {
    make('both', 'extendedKeyUsage=clientAuth', '-days', '30');
    const keyPem = readFileSync(file('both.key'), 'utf8');
    writeFileSync(file('all.pem'), `a note\n${keyPem}${readFileSync(file('both.pem'), 'utf8')}`);
    const words = ['--certificate', file('all.pem'), '--key', file('all.pem'), '--kind', 'operator-named'];
    const refused = run(...words, '--anchors', file('all.pem'));
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /PRIVATE KEY.*give the roots alone/);
    writeFileSync(file('roots.pem'), `a note\n${readFileSync(file('client.pem'), 'utf8')}`);
    const { status, stderr } = run(...words, '--anchors', file('roots.pem'));
    assert.equal(status, 0, stderr);
    const stored = (await listClientCertificates(web, operator)).find(({ name }) => name === 'both.example');
    assert.match(stored?.chainPem ?? '', /^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n$/);
    await withOwner(database, async ({ db }) => {
      const { rows } = await sql<{
        anchors: string;
      }>`select anchors_pem as anchors from sallyport.client_certificate where id = ${stored?.id ?? ''}`.execute(db);
      assert.match(rows[0]?.anchors ?? '', /^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n$/);
    });
  });

  it('gives a customer its own', async () => {
    await insertCustomer(web, operator, 'Acme Bank');
    const { status, stderr } = run(...pair('custom'), '--kind', 'customer-custom', '--customer', 'Acme Bank');
    assert.equal(status, 0, stderr);
  });

  const wrongUsage: ReadonlySet<string> = new Set([
    'a kind that does not exist',
    'a custom certificate without its customer',
  ]);
  for (const [reason, words, said] of [
    [
      'a key of another certificate',
      () => ['--certificate', file('client.pem'), '--key', file('server.key'), '--kind', 'operator-named'],
      /does not belong/,
    ],
    ['a certificate that is for servers', () => [...pair('server'), '--kind', 'operator-named'], /lacks clientAuth/],
    ['one that is there already', () => [...pair('client'), '--kind', 'operator-named'], /already/],
    [
      'a certificate file that holds none',
      () => ['--certificate', file('client.key'), '--key', file('client.key'), '--kind', 'operator-named'],
      /no certificate/,
    ],
    [
      'a file that is far too large',
      () => ['--certificate', file('huge.pem'), '--key', file('client.key'), '--kind', 'operator-named'],
      /over 100000 bytes/,
    ],
    ['a kind that does not exist', () => [...pair('client'), '--kind', 'wildcard'], /usage:/],
    ['a custom certificate without its customer', () => [...pair('custom'), '--kind', 'customer-custom'], /--customer/],
  ] as const) {
    it(`refuses ${reason}`, () => {
      writeFileSync(file('huge.pem'), 'x'.repeat(200_000));
      const { status, stderr } = run(...words());
      assert.equal(status, wrongUsage.has(reason) ? 2 : 1);
      assert.match(stderr, said);
      assert.doesNotMatch(stderr, /BEGIN/);
    });
  }
});
