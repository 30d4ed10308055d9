/**
 * One process under one connector's name. Held by a lock of a session of its own: it ends with the process, however that ends,
 * so whoever follows after a kill waits for nothing, and nobody runs beside one that lives.
 */
import type { PoolClient } from 'pg';
import type { Store } from '../open-store.ts';

/** Another process runs under this name. */
export class ConnectorTakenError extends Error {
  readonly code = 'connector-id-taken';
  constructor(id: string) {
    super(
      `Another connector runs under the name ${id}. End that one, or give this one a name of its own (SALLYPORT_CONNECTOR_ID).`,
    );
  }
}

/** The database may need a moment to notice that a process was killed. */
const patienceMilliseconds = 3_000;
const lookMilliseconds = 200;

export class ConnectorHold {
  readonly #store: Store;
  readonly #id: string;
  #client: PoolClient | null = null;

  private constructor(store: Store, id: string) {
    this.#store = store;
    this.#id = id;
  }

  /** @throws ConnectorTakenError */
  static async take(store: Store, id: string): Promise<ConnectorHold> {
    const hold = new ConnectorHold(store, id);
    const end = Date.now() + patienceMilliseconds;
    while (!(await hold.#lock())) {
      if (Date.now() >= end) throw new ConnectorTakenError(id);
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    }
    return hold;
  }

  /** Still ours, or ours again after the database was away; false: another has taken the name meanwhile. */
  async keep(): Promise<boolean> {
    if (this.#client === null) return this.#lock();
    try {
      await this.#client.query('select 1');
      return true;
    } catch {
      this.release();
      return this.#lock();
    }
  }

  release(): void {
    // Closed, not given back: the lock belongs to the session.
    this.#client?.release(true);
    this.#client = null;
  }

  async #lock(): Promise<boolean> {
    const client = await this.#store.pool.connect();
    try {
      // Where the host is lost, its session must end soon: nobody else can take the name before.
      await client.query(`set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`);
      const { rows } = await client.query<{ held: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
        [`sallyport connector ${this.#id}`],
      );
      if (rows[0]?.held === true) {
        this.#client = client;
        return true;
      }
    } catch (error) {
      client.release(true);
      throw error;
    }
    client.release();
    return false;
  }
}
