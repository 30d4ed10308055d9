/** When a connection that failed may be tried again: later each time, and never sooner than Jira asked. */
const firstMilliseconds = 15_000;
const longestMilliseconds = 10 * 60_000;

export class Retries {
  readonly #failures = new Map<string, { count: number; notBefore: number }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  failed(connectionId: string, askedMilliseconds: number | null): void {
    const count = (this.#failures.get(connectionId)?.count ?? 0) + 1;
    const wait = Math.min(firstMilliseconds * 2 ** (count - 1), longestMilliseconds);
    this.#failures.set(connectionId, { count, notBefore: this.#clock() + Math.max(wait, askedMilliseconds ?? 0) });
  }

  succeeded(connectionId: string): void {
    this.#failures.delete(connectionId);
  }

  /** True where nothing is known against it: then the connector may try. */
  isDue(connectionId: string): boolean {
    return (this.#failures.get(connectionId)?.notBefore ?? 0) <= this.#clock();
  }
}
