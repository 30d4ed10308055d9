import type { CheckResult } from '@sallyport/console-api';
import type { Fact } from '../../elements/facts.tsx';
import { instantWords } from '../../words/time.ts';

/** Of use to programs only; the API has them. */
const machineOnly = new Set(['certificateIndex', 'also']);

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/u;

/** Evidence as names and words for people: instants in UTC, yes and no, and nothing for what is absent. */
export function evidenceFacts(evidence: CheckResult['evidence']): readonly Fact[] {
  return Object.entries(evidence)
    .filter(([name, value]) => !machineOnly.has(name) && value !== null && value !== '')
    .map(([name, value]) => ({ term: nameWords(name), detail: valueWords(value) }));
}

/** `firstNotAfter` → `First not after`. */
function nameWords(name: string): string {
  const spaced = name
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .replaceAll(/[_-]/gu, ' ')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function valueWords(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && instantPattern.test(value)) return instantWords(value);
  return String(value);
}
