/** What speaks against a window, or against any, and does not forbid it: people see it before they approve. */
import { inHours } from '../window/calendar.ts';
import { localText } from '../window/local-time.ts';
import { currentIsDead, earliestWindow } from './guards.ts';
import type { SwapFacts } from './swap-facts.ts';
import { finalStates, refusal, type SwapRefusal } from './swap-state.ts';

type WarningFacts = Pick<
  SwapFacts,
  | 'state'
  | 'activatedAt'
  | 'emergency'
  | 'now'
  | 'proposedAt'
  | 'window'
  | 'current'
  | 'slot'
  | 'rules'
  | 'swapClass'
  | 'operatorCalendar'
  | 'customerCalendar'
  | 'observationSeconds'
>;

/** The gravest first; none once the pointer has moved, or the swap has ended. */
export function swapWarnings(facts: WarningFacts): SwapRefusal[] {
  const { state, activatedAt } = facts;
  if (activatedAt !== null || finalStates.includes(state)) return [];
  return [...endOfCurrent(facts), ...outsideHours(facts)];
}

/** Until when a window may last so that the current certificate is ready for all of it and its observation; null: it ends nothing. */
export function latestEnd(
  facts: Pick<SwapFacts, 'emergency' | 'current' | 'now' | 'slot' | 'observationSeconds'>,
): number | null {
  const { emergency, current, observationSeconds } = facts;
  return emergency || current === null || currentIsDead(facts) ? null : current.notAfter - observationSeconds * 1000;
}

function endOfCurrent(facts: WarningFacts): SwapRefusal[] {
  const { current, window, rules, swapClass } = facts;
  const latest = latestEnd(facts);
  if (latest === null || current === null) return [];
  const said = (at: number): string => `${localText(at, 'UTC').replace('T', ' ')} UTC`;
  const earliest = earliestWindow(facts);
  if (earliest >= current.notAfter)
    return [
      refusal(
        'current-ends-before-earliest',
        `The current certificate ends at ${said(current.notAfter)}, before the earliest window that ${rules.noticeDays[swapClass]} days of notice allow (${said(earliest)}): nothing can be read in between. The customer can agree to a shorter notice in the terms; once the current one has ended, an emergency swap skips it.`,
        'customer',
      ),
    ];
  if (window === null || window.endsAt <= latest) return [];
  return [
    refusal(
      'current-ends-in-window',
      `The current certificate ends at ${said(current.notAfter)}, within the window or its observation: from then on there is no way back to it. Choose an earlier or shorter window.`,
      'operator',
    ),
  ];
}

function outsideHours({ window, operatorCalendar, customerCalendar }: WarningFacts): SwapRefusal[] {
  if (window === null) return [];
  const sides = [
    ['operator', "the operator's", operatorCalendar],
    ['customer', "the customer's", customerCalendar],
  ] as const;
  return sides.flatMap(([side, whose, calendar]) =>
    inHours(window.startsAt, calendar)
      ? []
      : [
          refusal(
            `outside-${side}-hours`,
            `The window begins at ${localText(window.startsAt, calendar.timeZone).replace('T', ' ')} (${calendar.timeZone}), outside ${whose} hours for changes: see that somebody is there.`,
            side,
          ),
        ],
  );
}
