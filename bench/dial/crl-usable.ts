/** How long it takes from asking for a CRL of a million entries to answering from it, in a process of its own. */
import { withServedCrls } from './served-crls.ts';
import type { CrlProcessFigures } from './served-crls.ts';

const entries = 1_000_000;

/** The median run. @param runs each in a new process with a new folder */
export function measureCrlUsable(runs = 3): Promise<CrlProcessFigures> {
  return withServedCrls(1, entries, async (measure) => {
    const seen: CrlProcessFigures[] = [];
    for (let run = 0; run < runs; run++) seen.push(await measure());
    const middle = seen.sort((left, right) => left.milliseconds - right.milliseconds)[Math.floor(runs / 2)];
    if (middle === undefined) throw new Error('nothing was measured');
    return middle;
  });
}
