/** Which members of terms say what is dialled, and how: a change of the others leaves a connection in use as it is. */
import { canonicalTerms } from './canonical-terms.ts';
import type { Terms } from './terms.ts';

/** Whom to write to, how long things are kept, what people click, how changes are agreed, and what the doctor may try when a person asks it. */
const neverDialled = [
  'version',
  'linkUrl',
  'contacts',
  'retention',
  'swaps',
  'probes',
] as const satisfies readonly (keyof Terms)[];

/** Whether a connection under the new terms dials, shows and asks exactly what it did under the old ones. */
export function dialsTheSame(before: Terms, after: Terms): boolean {
  const blank = Object.fromEntries(neverDialled.map((member) => [member, undefined]));
  const dialled = (terms: Terms): string => canonicalTerms({ ...terms, ...blank } as Terms);
  return dialled(before) === dialled(after);
}
