import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { dump, openStore, type Store } from '@sallyport/store';
import { openSealed } from '@sallyport/store/open-sealed';
import { formIn, formsOfBytes, formsOfKey } from './planted-forms.ts';
import { sealKeyOf, startPlantedWorld, username, type PlantedWorld } from './planted-world.ts';

describe('secrets that were planted', () => {
  let world: PlantedWorld;

  before(async () => (world = await startPlantedWorld()));
  after(async () => world?.stop());

  /** In a database's own files, of which there are many, the forms that come first. */
  const mostInDatabaseFiles = 12;
  const search = (
    place: string,
    text: string,
    names: Iterable<string> = world.secrets.keys(),
    mostForms = Infinity,
  ): void => {
    for (const name of names) {
      const forms = (world.secrets.get(name) ?? []).slice(0, mostForms);
      assert.ok(forms.length > 0 && forms.every((form) => form.length >= 16), `${name} is too short to search for`);
      assert.equal(formIn(forms, text), null, `${name} stands in ${place}`);
    }
  };
  const inDatabase = async <T>(role: 'owner' | 'web', work: (store: Store) => Promise<T>): Promise<T> => {
    const store = openStore({ url: world.databaseUrl(role), applicationName: `test-${role}` });
    return work(store).finally(() => store.close());
  };
  /** Every file below, with its bytes as characters. */
  const filesIn = function* (folder: string): Generator<{ path: string; text: string }> {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const about = lstatSync(path);
      if (about.isDirectory()) yield* filesIn(path);
      else if (about.isFile()) yield { path, text: readFileSync(path, 'latin1') };
    }
  };

  it('were of every kind: keys made inside and brought in three ways, taken, refused and retired', () => {
    const names = [...world.secrets.keys()];
    for (const kind of [
      /^uploaded key in clear/,
      /passphrase/,
      /PKCS#12/,
      /refused/,
      /^sealed key/,
      /^seal key/,
      /token/,
    ])
      assert.ok(
        names.some((name) => kind.test(name)),
        `none is ${kind}`,
      );
    assert.equal(world.retired.length, 4);
  });

  it('are in no log, at the most talkative level', () => {
    const folder = join(world.sallyport.dataDirectory, 'logs');
    const names = readdirSync(folder);
    assert.ok(names.some((name) => name.startsWith('connector')) && names.some((name) => name.startsWith('web')));
    for (const name of names) search(name, readFileSync(join(folder, name), 'latin1'));
    search('postgresql.log', readFileSync(join(world.sallyport.dataDirectory, 'database/postgresql.log'), 'latin1'));
  });

  it('are in no table, and in no payload of a job', () =>
    inDatabase('owner', async (owner) => {
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
    }));

  it('are in no backup', async () => {
    const rows: string[] = [];
    for await (const line of dump(world.databaseUrl('owner'))) if ('row' in line) rows.push(line.row);
    assert.ok(rows.length > 100);
    search('the backup', rows.join('\n'));
  });

  it('are in no file but those of the far side and the connectors’ key: not in the database’s own, nor in its journal', () => {
    const { dataDirectory } = world.sallyport;
    const keys = [...world.keys].filter((name) => name !== 'seal key');
    let files = 0;
    for (const folder of readdirSync(dataDirectory).filter((name) => name !== 'sandbox')) {
      if (!lstatSync(join(dataDirectory, folder)).isDirectory()) continue;
      for (const { path, text } of filesIn(join(dataDirectory, folder))) {
        files++;
        search(path, text, keys, folder === 'database' ? mostInDatabaseFiles : Infinity);
        if (!path.endsWith('connector/seal-key.json')) search(path, text, ['seal key']);
      }
    }
    assert.ok(files > 500);
  });

  it('cannot be opened with what the web tier has: its role and its files', async () => {
    await inDatabase('web', async (web) => {
      for (const [table, column] of [
        ['sealed_secret', 'sealed'],
        ['sealed_copy', 'sealed'],
        ['certificate_upload', 'sealed'],
      ] as const)
        await assert.rejects(sql`select ${sql.id(column)} from ${sql.id(table)}`.execute(web.db), { code: '42501' });
      // All that the role may read of all customers, whatever that is: no private half of a seal key, and no key.
      const { rows: tables } = await sql<{
        name: string;
        columns: string[];
      }>`select table_name as name, array_agg(column_name::text) as columns
        from information_schema.column_privileges where grantee = 'sallyport_web' and privilege_type = 'SELECT'
          and table_schema = 'sallyport' group by 1`.execute(web.db);
      assert.ok(tables.length > 20);
      let read = 0;
      await web.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
        for (const { name, columns } of tables) {
          const { rows } = await sql<{ text: string | null }>`select string_agg(row_to_json(t)::text, E'\n') as text
            from (select ${sql.join(columns.map((column) => sql.id(column)))} from ${sql.id(name)}) t`.execute(tx);
          search(`what the web tier reads of ${name}`, rows[0]?.text ?? '');
          if (name === 'client_certificate' || name === 'connection') read += rows[0]?.text?.length ?? 0;
        }
      });
      assert.ok(read > 5_000, 'nothing was read');
    });
    // Even with every sealed record in hand: no 32 bytes of its files open one.
    const candidates: Buffer[] = [];
    for (const folder of ['web', 'secrets'])
      for (const { path, text } of filesIn(join(world.sallyport.dataDirectory, folder))) {
        search(path, text, world.keys);
        for (const [found] of text.matchAll(/[A-Za-z0-9+/_-]{43,}=?/g))
          candidates.push(Buffer.from(found, 'base64').subarray(0, 32));
        for (const [found] of text.matchAll(/[0-9a-fA-F]{64}/g)) candidates.push(Buffer.from(found, 'hex'));
      }
    const rows = await inDatabase('owner', async (owner) => {
      const found = await sql<
        Record<'id' | 'customerId', string> & { purpose: 'client-key' | 'jira-credential'; sealed: Buffer }
      >`
        select id, customer_id as "customerId", purpose, sealed from sealed_secret`.execute(owner.db);
      return found.rows;
    });
    assert.ok(rows.length > 5);
    const pair = sealKeyOf(world.sallyport);
    for (const { id, customerId, purpose, sealed } of rows) {
      const binding = { recordId: id, customerId, purpose };
      assert.notEqual(await openSealed(pair, sealed, binding), '', 'the connector opens it');
      for (const privateKey of candidates)
        await assert.rejects(openSealed({ ...pair, privateKey }, sealed, binding), {
          code: 'sealed-secret-not-opened',
        });
    }
  });

  it('are in no answer of the API, no error and no metric', () => {
    assert.ok(world.answers.length > 60);
    assert.ok(
      world.answers.some((answer) => answer.includes('# TYPE')),
      'no metrics',
    );
    assert.ok(
      world.answers.some((answer) => answer.includes('PKCS12_PASSWORD_WRONG')),
      'no refused upload',
    );
    for (const answer of world.answers) search('an answer', answer);
  });

  it('would have been found, in whatever form', () => {
    assert.throws(() => search('a text', `x${Buffer.from(`${username}:PLANTED-password-81d7e3`).toString('base64')}y`));
    assert.throws(() => search('a text', JSON.stringify({ token: 'PLANTED-token-5c1e0f9ab2' })));
    for (const type of ['ec', 'rsa'] as const) {
      const { privateKey } =
        type === 'ec'
          ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
          : generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const der = privateKey.export({ type: 'pkcs8', format: 'der' });
      const forms = formsOfKey(pem);
      for (const text of [
        pem,
        JSON.stringify({ pem }),
        der.toString('hex'),
        der.toString('latin1'),
        `x${der.subarray(1).toString('base64')}`,
        `x${der.subarray(2).toString('base64url')}`,
        JSON.stringify([...der]),
        JSON.stringify(privateKey.export({ format: 'jwk' })),
      ])
        assert.notEqual(formIn(forms, text), null, `a ${type} key in the form of ${text.slice(0, 20)}`);
      // The public half may stand anywhere.
      const open = createPublicKey(pem).export({ type: 'spki', format: 'der' });
      for (const text of [open.toString('hex'), open.toString('base64'), open.toString('latin1')])
        assert.equal(formIn(forms, text), null);
    }
    const bytes = randomBytes(32);
    for (const text of [bytes.toString('hex'), `x${bytes.toString('base64')}`, bytes.toString('base64url')])
      assert.notEqual(formIn(formsOfBytes(bytes), text), null);
  });
});
