/** What the far side did with the next certificate where it did not take it: when, where, and what is asked of the customer then. */
import { localText } from '../window/local-time.ts';
import type { SwapFacts } from './swap-facts.ts';
import type { SwapRefusal, SwapState } from './swap-state.ts';

type SeenFacts = Pick<SwapFacts, 'state' | 'stateSince' | 'reason' | 'canary' | 'activatedAt' | 'customerCalendar'>;

/** By the far side, once the pointer had moved; what a person took back was not refused by anybody. */
export function wasRefusedAfterMove({ state, reason }: { state: SwapState; reason: SwapRefusal | null }): boolean {
  if (state === 'rolled-back') return reason?.code.startsWith('asked-') !== true;
  return state === 'blocked' && reason !== null && refusedCodes.includes(reason.code);
}

/** Of a swap that is blocked since its certificate was refused with nothing to go back to. */
const refusedCodes: readonly string[] = [
  'refused-without-way-back',
  'client-certificate-refused',
  'client-certificate-by-renegotiation',
  'JIRA_CERTIFICATE_REFUSED',
];

/** One line for one host; null where nothing speaks against the far side. A canary's message begins with the address. */
export function whatWasSeen(facts: SeenFacts, host: string): string | null {
  const { canary, state, stateSince, reason, activatedAt } = facts;
  const { timeZone } = facts.customerCalendar;
  const line = (at: number, what: string, message: string | null): string =>
    `- ${host}, ${localText(at, timeZone).replace('T', ' ')} (${timeZone}): ${what}${message === null ? '.' : `. ${message}`}`;
  if (activatedAt !== null) {
    if (!wasRefusedAfterMove(facts)) return null;
    const after = 'your side refused it after the swap';
    const what = state === 'rolled-back' ? `${after}, and we went back to the current one` : after;
    return line(stateSince, what, reason?.message ?? null);
  }
  if (canary === null || canary.verdict === 'accepted') return null;
  const what = canary.verdict === 'refused' ? 'your side refused it' : 'it reached no verdict';
  return line(canary.at, what, canary.message);
}

/** What stands under those lines. */
export function whatToChange({ swapClass, emergency }: Pick<SwapFacts, 'swapClass' | 'emergency'>): string[] {
  return [
    'Please see to it that your side trusts this chain and lets this name in, beside the current certificate, and tell us: then we try it again.',
    ...(swapClass === 'no-change'
      ? [
          'Name and authority are those of the current certificate. Where it is refused all the same, look for a list of single certificates (enter the fingerprint above), an intermediate that is missing in the list of authorities, or a check of revocation that reaches no answer.',
        ]
      : []),
    emergency
      ? 'Until then nothing is read: the current certificate can serve no longer.'
      : 'Until then you stay on the current one, as long as it is valid.',
  ];
}
