/** thisUpdate and nextUpdate against an instant; both ends belong to the window. */
import type { UtcInstant } from '../instant.ts';

export type WindowAnswer = 'within' | 'not-yet' | 'over';

/** @param graceMilliseconds time after nextUpdate in which the answer is still used */
export function placeInWindow(
  { thisUpdate, nextUpdate }: { thisUpdate: UtcInstant; nextUpdate: UtcInstant | null },
  at: UtcInstant,
  graceMilliseconds: number,
): WindowAnswer {
  if (thisUpdate > at) return 'not-yet';
  return nextUpdate !== null && at > nextUpdate + graceMilliseconds ? 'over' : 'within';
}
