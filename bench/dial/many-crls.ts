/** Memory of a process that fetched two hundred CRLs of ten thousand entries and answers from all of them. */
import { withServedCrls } from './served-crls.ts';
import type { CrlProcessFigures } from './served-crls.ts';

const crls = 200;
const entries = 10_000;

export function measureManyCrls(): Promise<CrlProcessFigures> {
  return withServedCrls(crls, entries, (measure) => measure());
}
