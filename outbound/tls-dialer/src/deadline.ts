/** One deadline over all steps of a dial: whichever step is under way when it passes is the one that is named. */

export class DeadlinePassed extends Error {
  constructor() {
    super('the deadline has passed');
    this.name = 'DeadlinePassed';
  }
}

export class Deadline {
  readonly #passed: Promise<never>;
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#passed = promise;
    // Somebody may always be between two steps when it passes.
    promise.catch(() => undefined);
    this.#timer = setTimeout(() => reject(new DeadlinePassed()), Math.max(0, milliseconds));
  }

  /** The step's outcome, or a `DeadlinePassed`. */
  within<T>(step: Promise<T>): Promise<T> {
    return Promise.race([step, this.#passed]);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
