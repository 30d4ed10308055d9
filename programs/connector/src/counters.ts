/** What a connector counts; written with its heartbeat, shown by the web tier. */
export class Counters {
  readonly #counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** The counts since the start, and the process's peak memory. */
  snapshot(): Readonly<Record<string, number>> {
    return { ...Object.fromEntries(this.#counts), peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
  }
}
