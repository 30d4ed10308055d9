import pg from 'pg';
import type { BackupLine } from './dump.ts';
import { tablesInOrder } from './tables.ts';

/** The file is no backup, is not whole, or belongs to another version; nothing was changed. */
export class BackupError extends Error {
  readonly code:
    | 'backup-exists'
    | 'backup-not-readable'
    | 'backup-not-whole'
    | 'backup-of-other-version'
    | 'database-not-empty';
  constructor(code: BackupError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const rowsAtOnce = 500;

/**
 * Puts a backup's rows into a freshly migrated database, in one transaction: all of it or nothing. A database that
 * holds connections or people already is refused. Gives the number of rows.
 */
export async function restore(ownerUrl: string, lines: AsyncIterable<BackupLine>): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'sallyport-restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    const { rows: used } = await client.query(
      'select 1 from sallyport.connection union all select 1 from sallyport.person limit 1',
    );
    if (used.length > 0)
      throw new BackupError('database-not-empty', 'This database is in use. Restore into a new data directory.');
    const tables = await tablesInOrder(client);
    await client.query(`truncate ${tables.map((table) => `sallyport.${pg.escapeIdentifier(table)}`).join(', ')}`);
    await switchKeyGuard(client, 'disable');
    const restored = await putRows(client, lines, tables);
    await switchKeyGuard(client, 'enable');
    await mustKeepToKeys(client);
    await client.query(
      `select setval(pg_get_serial_sequence('sallyport.audit_event', 'id'), (select coalesce(max(id), 0) + 1 from sallyport.audit_event), false)`,
    );
    await client.query('commit');
    return restored;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * The guard over what is sealed to a key looks at the key as it is now; rows of a backup were written when it was in use. What
 * it guards is looked at as a whole, when all rows are there.
 */
async function switchKeyGuard(client: pg.Client, to: 'disable' | 'enable'): Promise<void> {
  for (const table of ['sealed_secret', 'sealed_copy', 'certificate_upload'])
    await client.query(`alter table sallyport.${table} ${to} trigger not_to_a_retired_key`);
}

/** @throws BackupError where something is sealed to a key that is retired: nobody could open it */
async function mustKeepToKeys(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select id from sallyport.seal_key k where k.state = 'retired' and sallyport.sealed_to(k.id) > 0 limit 1`,
  );
  if (rows[0] !== undefined)
    throw new BackupError(
      'backup-not-whole',
      `The backup was changed: something in it is sealed to the key ${rows[0].id}, which is retired.`,
    );
}

async function putRows(
  client: pg.Client,
  lines: AsyncIterable<BackupLine>,
  tables: readonly string[],
): Promise<number> {
  let table: string | null = null;
  let batch: string[] = [];
  let count = 0;
  let told: number | null = null;
  let begun = false;
  const flush = async (): Promise<void> => {
    if (batch.length === 0 || table === null) return;
    const name = `sallyport.${pg.escapeIdentifier(table)}`;
    await client.query(
      `insert into ${name} overriding system value select * from json_populate_recordset(null::${name}, $1::json)`,
      [`[${batch.join(',')}]`],
    );
    count += batch.length;
    batch = [];
  };
  for await (const line of lines) {
    if ('format' in line) {
      const { rows } = await client.query<{ name: string }>('select name from sallyport.migration order by name');
      if (rows.map(({ name }) => name).join() !== line.migrations.join()) {
        throw new BackupError(
          'backup-of-other-version',
          'The backup was made by another version of Sallyport: restore it with that one, then upgrade.',
        );
      }
      begun = true;
    } else if ('table' in line) {
      await flush();
      if (!tables.includes(line.table))
        throw new BackupError('backup-not-readable', 'The backup names a table that does not exist.');
      table = line.table;
    } else if ('row' in line) {
      batch.push(line.row);
      if (batch.length >= rowsAtOnce) await flush();
    } else told = line.rows;
    if (!begun) throw new BackupError('backup-not-readable', 'This file is no backup of Sallyport.');
  }
  await flush();
  if (told !== count)
    throw new BackupError(
      'backup-not-whole',
      `The backup is not whole: it holds ${count} rows of ${told ?? 'an unknown number'}.`,
    );
  return count;
}
