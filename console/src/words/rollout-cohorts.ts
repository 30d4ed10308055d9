import type { Rollout } from '@sallyport/console-api';

export type CohortSize = Rollout['cohorts'][number]['size'];

/** The first alone, then a few, then many, then all. */
export const usualCohorts: readonly CohortSize[] = [
  { connections: 1 },
  { percent: 5 },
  { percent: 25 },
  { percent: 100 },
];

/** `1 connection`, `up to 5 % of all`, `all that are left`: as somebody chose it. */
export function cohortSizeWords(size: CohortSize): string {
  if ('connections' in size) return size.connections === 1 ? '1 connection' : `${size.connections} connections`;
  return size.percent >= 100 ? 'all that are left' : `up to ${size.percent} % of all`;
}

/** How many each cohort moves of so many connections; what the choice leaves over comes as one more at the end, as the API does it. */
export function cohortCounts(sizes: readonly CohortSize[], connections: number): readonly number[] {
  let reached = 0;
  const counts = sizes.map((size) => {
    const wanted = 'connections' in size ? size.connections : Math.ceil((connections * size.percent) / 100);
    const target = Math.min(connections, Math.max(reached, wanted));
    const moved = target - reached;
    reached = target;
    return moved;
  });
  return reached < connections ? [...counts, connections - reached] : counts;
}
