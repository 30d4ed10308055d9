import type { ProposedTimes } from '@sallyport/console-api';
import { fromNow } from '../swap/window-times.ts';

/** When a swap that is proposed shall happen. */
export type WhenChosen = 'first' | 'now' | 'later';

/** The window to be proposed; null where it is chosen later, or no time suits both sides. */
export function chosenWindow(
  when: WhenChosen,
  hours: number,
  { items }: ProposedTimes,
): { readonly startsAt: string; readonly endsAt: string } | null {
  if (when === 'later') return null;
  if (when === 'first') return items[0] ?? null;
  return fromNow(hours);
}
