/** Everything that was asked, and every change of an issue: what tests compare the other side with. */

export interface Asked {
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Path and query below the context path. */
  readonly path: string;
  /** Where the request was a search. */
  readonly jql: string | null;
  /** Account, `anonymous`, or null where signing in was refused. */
  readonly user: string | null;
  readonly signedInBy: string | null;
  readonly clientCertificate: string;
  readonly status: number;
  readonly issues: number;
}

export interface Written {
  readonly at: number;
  readonly kind: 'changed' | 'created' | 'deleted';
  readonly id: number;
  readonly key: string;
  readonly updated: number;
}

/** The newest of each are kept. */
const mostKept = 20_000;

export class Ledger {
  #asked: Asked[] = [];
  #written: Written[] = [];
  #requests = 0;
  #issuesServed = 0;
  #refusedWrites = 0;
  readonly #statuses = new Map<number, number>();

  recordAsked(asked: Omit<Asked, 'number'>): void {
    this.#requests += 1;
    this.#issuesServed += asked.issues;
    this.#statuses.set(asked.status, (this.#statuses.get(asked.status) ?? 0) + 1);
    if (asked.method !== 'GET' && asked.method !== 'HEAD' && asked.jql === null) this.#refusedWrites += 1;
    this.#asked.push({ number: this.#requests, ...asked });
    if (this.#asked.length > mostKept * 1.1) this.#asked = this.#asked.slice(-mostKept);
  }

  recordWritten(written: Written): void {
    this.#written.push(written);
    if (this.#written.length > mostKept * 1.1) this.#written = this.#written.slice(-mostKept);
  }

  /** `since`: only what was asked after the request of that number. */
  read(since: number): Record<string, unknown> {
    return {
      totals: {
        requests: this.#requests,
        issuesServed: this.#issuesServed,
        refusedWrites: this.#refusedWrites,
        statuses: Object.fromEntries(this.#statuses),
      },
      asked: this.#asked.filter(({ number }) => number > since),
      written: this.#written,
    };
  }
}
