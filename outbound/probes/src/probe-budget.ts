/**
 * What one run may cost the far side. Every connection that could become a handshake is asked for here, counted, and refused when the run has
 * had its share; a far side that resets or falls silent ends the probes that it might take for an attack.
 */

/** Handshakes of one run, the whole ones and those that end after our hello. */
export const mostHandshakes = 25;
/** Milliseconds of one run; on a near host it takes a fraction. */
export const runMilliseconds = 15_000;
/** Requests of one run. */
export const mostRequests = 12;

export class ProbeBudget {
  handshakes = 0;
  requests = 0;
  readonly #endsAt: number;
  readonly #clock: () => number;
  #alarmed = false;

  /** @param clock milliseconds, monotonic */
  constructor(clock: () => number, milliseconds: number = runMilliseconds) {
    this.#clock = clock;
    this.#endsAt = clock() + milliseconds;
  }

  /** Milliseconds that are left of the run. */
  get left(): number {
    return Math.max(0, this.#endsAt - this.#clock());
  }

  /** Counts one handshake; false when there is none to be had. */
  takeHandshake(): boolean {
    if (this.handshakes >= mostHandshakes || this.left === 0) return false;
    this.handshakes++;
    return true;
  }

  /** A dial that ended before it reached anybody cost the far side nothing. */
  giveBackHandshake(): void {
    this.handshakes--;
  }

  /** Counts one request; false when there is none to be had. */
  takeRequest(): boolean {
    if (this.requests >= mostRequests || this.left === 0) return false;
    this.requests++;
    return true;
  }

  /** The far side reset a connection or fell silent: nothing that looks like an attack is sent any more. */
  alarm(): void {
    this.#alarmed = true;
  }

  get alarmed(): boolean {
    return this.#alarmed;
  }
}
