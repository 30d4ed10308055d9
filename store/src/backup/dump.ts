/** A backup as lines of JSON: one consistent view of every row of the schema, whatever the server's version. */
import pg from 'pg';
import { tablesInOrder } from './tables.ts';

/** The first line of a backup. */
export interface BackupHeader {
  readonly format: 'sallyport-backup-1';
  readonly migrations: readonly string[];
  /** RFC 3339. */
  readonly at: string;
}

export type BackupLine =
  | BackupHeader
  | { readonly table: string }
  | { readonly row: string }
  | { readonly rows: number };

const rowsAtOnce = 500;

/**
 * All rows, in the order in which they can be put back; the last line tells how many there were. Jobs of the queue are
 * left out: connectors make them anew from the connections.
 */
export async function* dump(ownerUrl: string): AsyncGenerator<BackupLine> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'sallyport-backup' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: migrations } = await client.query<{ name: string }>(
      'select name from sallyport.migration order by name',
    );
    const { rows: now } = await client.query<{ at: Date }>('select now() as at');
    yield {
      format: 'sallyport-backup-1',
      migrations: migrations.map(({ name }) => name),
      at: now[0]?.at.toISOString() ?? '',
    };
    let count = 0;
    for (const table of await tablesInOrder(client)) {
      yield { table };
      await client.query(
        `declare rows_of_table no scroll cursor for select row_to_json(t)::text as row from sallyport.${pg.escapeIdentifier(table)} t`,
      );
      for (;;) {
        const { rows } = await client.query<{ row: string }>(`fetch ${rowsAtOnce} from rows_of_table`);
        for (const { row } of rows) yield { row };
        count += rows.length;
        if (rows.length < rowsAtOnce) break;
      }
      await client.query('close rows_of_table');
    }
    yield { rows: count };
    await client.query('commit');
  } finally {
    await client.end();
  }
}
