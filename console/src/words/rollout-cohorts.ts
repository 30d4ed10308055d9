import type { CohortSize } from '@sallyport/lifecycle/cohorts';

/** `1 connection`, `up to 5 % of all`, `all that are left`: as somebody chose it. */
export function cohortSizeWords(size: CohortSize): string {
  if ('connections' in size) return size.connections === 1 ? '1 connection' : `${size.connections} connections`;
  return size.percent >= 100 ? 'all that are left' : `up to ${size.percent} % of all`;
}
