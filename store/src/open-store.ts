/** The one connection that every tier has: a pool to PostgreSQL under the tier's own role. */
import { Kysely, PostgresDialect, sql } from 'kysely';
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
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.maximumConnections ?? 10,
    connectionTimeoutMillis: connectMilliseconds,
    statement_timeout: statementMilliseconds,
    idle_in_transaction_session_timeout: statementMilliseconds,
    options: '-c search_path=sallyport,public -c timezone=UTC',
  });
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
  if (!customerForm.test(scope.customer)) return Promise.reject(new NotFoundError('customer'));
  return store.db.connection().execute(async (tx) => {
    // One round trip for both. Local to the transaction: a pooled connection carries nothing over.
    await sql.raw(`begin; set local sallyport.customer = '${scope.customer}'`).execute(tx);
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

/** One row, or a typed error when there is none that the scope may see. */
export class NotFoundError extends Error {
  readonly code = 'not-found';
  constructor(what: string) {
    super(`There is no such ${what}, or it belongs to another customer.`);
  }
}
