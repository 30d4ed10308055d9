/** Interleaved measuring: every round runs each work once, so that a busy machine slows all of them alike; medians over the rounds. */

export interface Work {
  readonly name: string;
  /** How many operations one call of `run` does. */
  readonly operations: number;
  readonly run: () => void | Promise<void>;
}

export interface Figure {
  readonly name: string;
  readonly opsPerSecond?: number;
  readonly ratio?: number;
  readonly milliseconds?: number;
  readonly megabytes?: number;
  readonly runs: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Rounds that are not counted: the engine compiles what it sees often. */
const warmingRounds = 120;

/** Milliseconds of one call for each work and round. */
export async function interleave(
  works: readonly Work[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>(works.map(({ name }) => [name, []]));
  for (let round = 1 - warmingRounds; round <= rounds; round++) {
    for (const { name, run } of works) {
      const start = performance.now();
      await run();
      if (round > 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return times;
}

/** Operations in a second for each work. */
export async function ratesOf(works: readonly Work[], rounds: number): Promise<readonly Figure[]> {
  const times = await interleave(works, rounds);
  return works.map(({ name, operations }) => {
    const runs = times.get(name) ?? [];
    return { name, opsPerSecond: Math.round((operations * 1000) / median(runs)), runs: runs.length };
  });
}
