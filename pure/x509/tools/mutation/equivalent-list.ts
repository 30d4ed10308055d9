/** See `equivalent-mutants.ts`. */
import type { EquivalentMutants } from './equivalent-mutants.ts';

export const equivalentMutants: readonly EquivalentMutants[] = [];
