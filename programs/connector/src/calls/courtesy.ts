/**
 * Who goes first: a person waits for an interactive call, nobody waits for the next page of a sweep. Between pages a
 * sweep lets calls under way finish; only for a moment, so that many calls slow it and never stop it.
 */
const longestMilliseconds = 150;

export class Courtesy {
  #calls = 0;
  #waiting: (() => void)[] = [];

  /** Counts a call as under way until it has settled. */
  async during<T>(call: Promise<T>): Promise<T> {
    this.#calls += 1;
    try {
      return await call;
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Resolves when no call is under way, at the latest after a moment. */
  async yield(): Promise<void> {
    if (this.#calls === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMilliseconds);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
