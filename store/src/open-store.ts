/** The one connection that every tier has: a pool to PostgreSQL under the tier's own role. */
import { Kysely, PostgresDialect, sql, type RawBuilder } from 'kysely';
import pg from 'pg';
import type { Scope } from './scope.ts';

/** Statements are written as SQL; the tables' shapes stand beside them, not in a global type. */
export type Database = Record<never, never>;
/** A connection inside a transaction that has its scope; only `inScope` gives one out. */
export type Tx = Kysely<Database>;

export interface Store {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}

const statementMilliseconds = 30_000;
const connectMilliseconds = 5_000;

/** Opens a pool; nothing is dialled before the first statement. A database that goes away fails statements, not the process. */
export function openStore(options: {
  readonly url: string;
  readonly applicationName: string;
  readonly maximumConnections?: number;
}): Store {
  const settings: pg.PoolConfig & { readonly pipeline: boolean } = {
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.maximumConnections ?? 10,
    connectionTimeoutMillis: connectMilliseconds,
    statement_timeout: statementMilliseconds,
    idle_in_transaction_session_timeout: statementMilliseconds,
    options: '-c search_path=sallyport,public -c timezone=UTC',
    // Statements may follow each other without waiting for answers in between: `inScopeAtOnce` does.
    pipeline: true,
  };
  const pool = new pg.Pool(settings);
  // Without these, a restart of the database ends the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, url: options.url, close: () => db.destroy() };
}

/** What a scope's customer can be: it goes into the text of a statement. */
const customerForm = /^(?:all|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/** Runs `work` in one transaction that sees and writes only what `scope` allows. */
export function inScope<T>(store: Store, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return store.db.connection().execute(async (tx) => {
    await sql.raw(beginIn(scope)).execute(tx);
    try {
      const result = await work(tx);
      await sql`commit`.execute(tx);
      return result;
    } catch (error) {
      // On a connection that is lost there is nothing to roll back; what went wrong first is what is told.
      await sql`rollback`.execute(tx).catch(() => {});
      throw error;
    }
  });
}

/**
 * Runs statements that do not depend on each other's answers in one transaction and one round trip; gives the rows of
 * each. Where one fails, none has happened.
 */
export async function inScopeAtOnce<const Rows extends readonly unknown[]>(
  store: Store,
  scope: Scope,
  statements: { readonly [Index in keyof Rows]: RawBuilder<Rows[Index]> },
): Promise<{ readonly [Index in keyof Rows]: Rows[Index][] }> {
  const client = await store.pool.connect();
  try {
    // Without its scope, were `begin` to fail, a statement sees nothing and can write nothing.
    const sent = [
      client.query(beginIn(scope)),
      ...statements.map((statement) => {
        const { sql: text, parameters } = statement.compile(store.db);
        return client.query(text, [...parameters]);
      }),
      // After a statement that failed this rolls back.
      client.query('commit'),
    ];
    const settled = await Promise.allSettled(sent);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const rows = settled.slice(1, -1).map((one) => (one.status === 'fulfilled' ? one.value.rows : []));
    return rows as unknown as { readonly [Index in keyof Rows]: Rows[Index][] };
  } finally {
    client.release();
  }
}

/** One statement in a transaction of its own, in one round trip; gives its rows. */
export async function inScopeOnce<Row>(store: Store, scope: Scope, statement: RawBuilder<Row>): Promise<Row[]> {
  const [rows] = await inScopeAtOnce(store, scope, [statement]);
  return rows;
}

/** Local to the transaction: a pooled connection carries nothing over. */
function beginIn({ customer }: Scope): string {
  if (!customerForm.test(customer)) throw new NotFoundError('customer');
  return `begin; set local sallyport.customer = '${customer}'`;
}

/** One row, or a typed error when there is none that the scope may see. */
export class NotFoundError extends Error {
  readonly code = 'not-found';
  constructor(what: string) {
    super(`There is no such ${what}, or it belongs to another customer.`);
  }
}
