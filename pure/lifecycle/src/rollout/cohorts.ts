/** How many connections a rollout moves at a time: a first one, a few, many, all; or as somebody chooses. */

export type CohortSize = { readonly connections: number } | { readonly percent: number };

export const defaultCohorts: readonly CohortSize[] = [
  { connections: 1 },
  { percent: 5 },
  { percent: 25 },
  { percent: 100 },
];

/**
 * How many connections are moved when each cohort is complete, those before it included. They never go down, and the last
 * one is all: nobody is forgotten by a choice of small cohorts.
 */
export function cohortTargets(sizes: readonly CohortSize[], connections: number): number[] {
  let reached = 0;
  const targets = sizes.map((size) => {
    const wanted = 'connections' in size ? size.connections : Math.ceil((connections * size.percent) / 100);
    reached = Math.min(connections, Math.max(reached, wanted));
    return reached;
  });
  if (reached < connections) targets.push(connections);
  return targets;
}
