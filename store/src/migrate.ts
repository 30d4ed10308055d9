/** Forward-only migrations, in order, each once, under an advisory lock. */
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { runMigrations } from 'graphile-worker';

const folder = new URL('../migrations/', import.meta.url);
/** Any constant that nothing else on the database uses. */
const migrationLock = 7_228_110;

/**
 * Brings the database at `ownerUrl` up to date and gives the names of the migrations that were applied now.
 * Several at once wait for each other. A database that is ahead of this code is refused.
 */
export async function migrate(ownerUrl: string, connectorUrl: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'sallyport-migrate' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query('create schema if not exists sallyport');
    await client.query(
      'create table if not exists sallyport.migration (name text primary key, applied_at timestamptz not null default now())',
    );
    const applied = new Set(
      (await client.query<{ name: string }>('select name from sallyport.migration')).rows.map(({ name }) => name),
    );
    const known = readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .toSorted();
    const unknown = [...applied].find((name) => !known.includes(name));
    if (unknown !== undefined) throw new DatabaseAheadError(unknown);
    const now: string[] = [];
    for (const name of known.filter((candidate) => !applied.has(candidate))) {
      await client.query('begin');
      try {
        await client.query(readFileSync(new URL(name, folder), 'utf8'));
        await client.query('insert into sallyport.migration (name) values ($1)', [name]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
      now.push(name);
    }
    // The queue's tables let only their owner in, and only connectors take jobs; the web tier asks by request_job().
    // The queue's own migrations ask for the right to make its schema, even where it exists: lent for that moment.
    const { rows: names } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
    const database = names[0]?.name ?? '';
    await client.query('create schema if not exists graphile_worker authorization sallyport_connector');
    await client.query(`grant create on database ${database} to sallyport_connector`);
    try {
      await runMigrations({ connectionString: connectorUrl });
    } finally {
      await client.query(`revoke create on database ${database} from sallyport_connector`);
    }
    return now;
  } finally {
    await client.end();
  }
}

/** A newer Sallyport has migrated this database; going back is not supported. */
export class DatabaseAheadError extends Error {
  readonly code = 'database-ahead';
  constructor(migration: string) {
    super(
      `The database has migration ${migration}, which this version does not know: it was used by a newer version. Start that one, or restore a backup.`,
    );
  }
}
