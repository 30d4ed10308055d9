/** Requests at a steady rate, whatever comes of those before: what waits is counted from the moment it should have gone. */

export interface Answered {
  /** When it was to be sent, by `performance.now()`. */
  readonly at: number;
  readonly milliseconds: number;
  readonly failure: string | null;
}

export interface Load {
  readonly answered: readonly Answered[];
  /** Sends no more, and waits for what is under way. */
  stop(): Promise<void>;
}

/** @param send resolves to null, or to why it failed */
export function startLoad(perSecond: number, send: () => Promise<string | null>): Load {
  const answered: Answered[] = [];
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1000);
    for (; sent < due; sent++) {
      const at = began + (sent * 1000) / perSecond;
      const one = send().then((failure) => {
        answered.push({ at, milliseconds: performance.now() - at, failure });
        underWay.delete(one);
      });
      underWay.add(one);
    }
  }, 2);
  return {
    answered,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

/** Of those that were to be sent between two moments. */
export function quantileBetween(answered: readonly Answered[], from: number, until: number, share: number): number {
  const times = answered
    .filter(({ at }) => at >= from && at < until)
    .map(({ milliseconds }) => milliseconds)
    .toSorted((left, right) => left - right);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
}
