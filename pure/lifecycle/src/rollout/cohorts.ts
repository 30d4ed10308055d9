/** How many connections a rollout moves at a time: a first one, a few, many, all; or as somebody chooses. Without imports: the console takes it as it is. */

export type CohortSize = { readonly connections: number } | { readonly percent: number };

export const defaultCohorts: readonly CohortSize[] = [
  { connections: 1 },
  { percent: 5 },
  { percent: 25 },
  { percent: 100 },
];

export interface PlannedCohort {
  /** As somebody chose it. */
  readonly size: CohortSize;
  /** How many connections have moved when it is complete, those before it included. */
  readonly reached: number;
  /** How many of them it moves itself; never none. */
  readonly connections: number;
  /** Its place among the sizes that were chosen; beyond them for the rest that no size took along. */
  readonly place: number;
}

/**
 * The cohorts of so many connections, from 1 without a gap: a size that would move nobody more is none. The last one is
 * all: nobody is forgotten by a choice of small cohorts. Form, board and the connectors go by this alone.
 */
export function plannedCohorts(sizes: readonly CohortSize[], connections: number): PlannedCohort[] {
  const planned: PlannedCohort[] = [];
  let before = 0;
  for (const [place, size] of [...sizes, { percent: 100 }].entries()) {
    const wanted = 'connections' in size ? size.connections : Math.ceil((connections * size.percent) / 100);
    const reached = Math.min(connections, wanted);
    if (reached <= before) continue;
    planned.push({ size, reached, connections: reached - before, place });
    before = reached;
  }
  return planned;
}
