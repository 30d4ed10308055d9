/** What must hold before each step. A guard answers null, or the first thing that stands in the way. */
import { freezeIn } from '../window/calendar.ts';
import { approvalMissing, hasStandingApproval } from './approvals.ts';
import { observationRefusal } from './observation.ts';
import type { SwapCertificateFacts, SwapFacts } from './swap-facts.ts';
import { refusal, type SwapRefusal } from './swap-state.ts';

export type Guard = (facts: SwapFacts) => SwapRefusal | null;

const day = 86_400_000;
/** A refused canary is not retried by itself before: it could lock us out, and it fills somebody's log. */
export const canaryRestMilliseconds = day;
/** After one that failed for another reason: the network may be away. */
const failedCanaryRestMilliseconds = 10 * 60_000;

export function firstOf(...guards: readonly Guard[]): Guard {
  return (facts) => {
    for (const guard of guards) {
      const found = guard(facts);
      if (found !== null) return found;
    }
    return null;
  };
}

/** Revoked or expired: not to be shown to anybody any more. Not known counts as usable, the dial judges it again. */
export function isUnusable({ revoked, notAfter }: SwapCertificateFacts, now: number): boolean {
  return revoked === true || notAfter <= now;
}

/** What a swap ends with whose connection a person has retired. */
export const ofRetired = refusal('connection-retired', 'This connection is retired.', 'operator');

export const notPaused: Guard = ({ connectionPaused }) =>
  connectionPaused
    ? refusal(
        'connection-paused',
        'The connection is paused, so nothing is dialled for it. The swap goes on when somebody resumes the connection.',
        'operator',
      )
    : null;

const nextIsCurrent: Guard = ({ next, current }) =>
  next.id === current?.id ? refusal('next-is-current', 'The next certificate serves already.', 'operator') : null;

/** `who`: the connections whose terms are stricter, where it is asked for several. */
export function matchingWeaker(who = ''): SwapRefusal {
  return refusal(
    'matching-weaker',
    `The terms${who} say that the enforcer recognises our very certificate. A proposal may be stricter than the terms and not weaker: leave the matching out, or change the terms, which the customer approves.`,
    'operator',
  );
}

export const nextUsable: Guard = (facts) => {
  const { next, now, connectionRetired } = facts;
  if (connectionRetired) return ofRetired;
  if (next.owner === 'stranger')
    return refusal('next-foreign', "The next certificate is another customer's.", 'operator');
  const isCurrent = nextIsCurrent(facts);
  if (isCurrent !== null) return isCurrent;
  if (next.revoked === true)
    return refusal('next-revoked', 'The next certificate is revoked. Bring another one.', 'operator');
  if (next.notAfter <= now)
    return refusal('next-expired', 'The next certificate has expired. Bring another one.', 'operator');
  if (next.notBefore > now)
    return refusal('next-not-yet-valid', 'The next certificate is not valid yet.', null, next.notBefore);
  if (next.identity === null)
    return refusal('next-unreadable', 'The chain of the next certificate cannot be read.', 'operator');
  if (!next.identity.forClients)
    return refusal(
      'next-not-for-clients',
      'The next certificate is not for clients (no clientAuth in its extended key usage): most enforcers refuse it.',
      'certificate-authority',
    );
  return next.blockedBy;
};

/** One that came past the intake is judged within a minute; no step is made with it before, not in an emergency either. */
export const nextJudged: Guard = ({ next }) =>
  next.judged
    ? null
    : refusal(
        'next-not-judged',
        'The next certificate has not been judged yet: a connector does it within a minute.',
        null,
      );

/** Revoked, expired, or refused by the far side with nothing to go back to: nobody is shown it, and nothing goes back to it. */
export function currentIsDead({ current, now, slot }: Pick<SwapFacts, 'current' | 'now' | 'slot'>): boolean {
  return slot.refused || (current !== null && isUnusable(current, now));
}

/** `who`: the connections that are in none, where it is asked for several. */
export function noEmergency(who = ''): SwapRefusal {
  return refusal(
    'no-emergency',
    `The current certificate${who} is neither revoked nor expired, and the far side does not refuse it: this is no emergency. Propose the swap without it.`,
    'operator',
  );
}

/** Skipping what a swap waits for is for certificates that can serve no longer. */
export const emergencyTrue: Guard = (facts) =>
  !facts.emergency || facts.current === null || currentIsDead(facts) ? null : noEmergency();

/** What a proposal is refused for at once, before anything is written of it. */
export const proposalSound: Guard = firstOf(
  nextIsCurrent,
  ({ matching, rules }) => (matching === 'ca-and-name' && rules.matching === 'leaf' ? matchingWeaker() : null),
  emergencyTrue,
);

/** Who else moved the pointer meanwhile has made this swap meaningless. */
export const pointerAsBefore: Guard = ({ slot, generation, next, current }) => {
  // Class and emergency follow from the current certificate: it must be the one that serves, whatever was written.
  if (slot.generation !== generation || slot.currentId !== (current?.id ?? null))
    return refusal(
      'pointer-moved',
      'The connection has moved to another certificate since this swap was proposed. Cancel it and propose it anew.',
      'operator',
    );
  if (slot.nextId !== null && slot.nextId !== next.id)
    return refusal('next-renamed', 'The connection names another next certificate. Cancel this swap.', 'operator');
  return null;
};

export const trustAnnounced: Guard = (facts) => {
  const { emergency, trustedAt, canaryAt, now } = facts;
  if (emergency || trustedAt !== null || hasStandingApproval(facts)) return null;
  if (canaryAt === null)
    return refusal(
      'trust-not-announced',
      'The customer has not said that the next certificate is trusted, and no time for the canary is agreed.',
      'customer',
    );
  return now >= canaryAt
    ? null
    : refusal('canary-time-not-come', 'The agreed time of the canary has not come.', null, canaryAt);
};

/** Of this certificate under these terms; an older one says nothing. */
export function validCanary({ canary, next, termsSha256 }: SwapFacts): SwapFacts['canary'] {
  return canary !== null && canary.sha256 === next.sha256 && canary.termsSha256 === termsSha256 ? canary : null;
}

export const canaryAccepted: Guard = (facts) => {
  const canary = validCanary(facts);
  if (canary === null) return refusal('canary-not-made', 'The canary has not been made yet.', null, facts.now);
  if (canary.verdict === 'accepted') return null;
  return canaryRest(facts) ?? refusal('canary-not-made', 'The canary is to be made again.', null, facts.now);
};

/** Why no canary is made now; null where one may be. */
export const canaryRest: Guard = (facts) => {
  const canary = validCanary(facts);
  const { canaryAskedAt, trustedAt } = facts;
  if (canary === null || canary.verdict === 'accepted') return null;
  const asked = Math.max(canaryAskedAt ?? 0, trustedAt ?? 0);
  if (asked > canary.at) return null;
  const why = canary.message === null ? '' : `: ${canary.message}`;
  if (canary.verdict === 'refused') {
    const until = canary.at + canaryRestMilliseconds;
    return facts.now >= until
      ? null
      : refusal('canary-refused', `The far side refused the next certificate${why}`, 'customer', until);
  }
  const until = canary.at + failedCanaryRestMilliseconds;
  return facts.now >= until
    ? null
    : refusal('canary-failed', `The canary reached no verdict${why}`, 'network-team', until);
};

/** The earliest beginning of a window. */
export function earliestWindow({
  emergency,
  proposedAt,
  rules,
  swapClass,
}: Pick<SwapFacts, 'emergency' | 'proposedAt' | 'rules' | 'swapClass'>): number {
  return emergency ? proposedAt : proposedAt + rules.noticeDays[swapClass] * day;
}

const shortestWindow = 1_000;
const longestWindow = 30 * day;

/** Whether a window can be agreed on at all: order, validity of both certificates, notice, freeze periods. */
export const windowSound: Guard = (facts) => {
  const { window, now, emergency, operatorCalendar, customerCalendar, next } = facts;
  if (window === null) return refusal('window-missing', 'No window has been chosen.', 'operator');
  const length = window.endsAt - window.startsAt;
  if (!(length >= shortestWindow && length <= longestWindow))
    return refusal('window-length', 'A window lasts from a second to 30 days.', 'operator');
  if (window.endsAt <= now) return refusal('window-missed', 'The window is over. Choose another.', 'operator');
  if (next.notAfter < window.endsAt)
    return refusal('next-ends-in-window', 'The next certificate ends before the window does.', 'operator');
  if (emergency) return null;
  const { current } = facts;
  if (current !== null && !currentIsDead(facts) && window.startsAt >= current.notAfter)
    return refusal(
      'current-ends-before-window',
      'The current certificate ends before the window begins: nothing could be read in between. Choose an earlier window; where the notice forbids that, the customer can agree to a shorter one in the terms.',
      'operator',
    );
  // Without a notice there is nothing to keep: a window may have begun when it is proposed.
  const days = facts.rules.noticeDays[facts.swapClass];
  if (days > 0 && window.startsAt < earliestWindow(facts))
    return refusal(
      'notice-too-short',
      `The class of this swap asks for ${days} days of notice: the window begins too early.`,
      'operator',
    );
  const frozen = freezeIn(window, operatorCalendar);
  if (frozen !== null)
    return refusal('operator-freeze', `The window touches the operator's freeze period: ${frozen.reason}.`, 'operator');
  const theirs = freezeIn(window, customerCalendar);
  if (theirs !== null)
    return refusal('customer-freeze', `The window touches the customer's freeze period: ${theirs.reason}.`, 'customer');
  return null;
};

export const changeNumbered: Guard = ({ rules, changeNumber }) =>
  rules.changeNumberRequired && (changeNumber ?? '').trim() === ''
    ? refusal('change-number-missing', 'The terms ask for the customer’s own change number.', 'customer')
    : null;

export const mayBeScheduled: Guard = firstOf(
  nextUsable,
  emergencyTrue,
  pointerAsBefore,
  canaryAccepted,
  windowSound,
  changeNumbered,
  approvalMissing,
);

/** An emergency skips notice and freeze periods, and not the window: the approvals bind to that, and people were told of it. */
export const windowOpen: Guard = ({ window, now }) => {
  if (window === null) return refusal('window-missing', 'No window has been chosen.', 'operator');
  if (now >= window.endsAt) return refusal('window-missed', 'The window is over. Choose another.', 'operator');
  return now >= window.startsAt ? null : refusal('window-not-open', 'The window has not begun.', null, window.startsAt);
};

export const cohortsTurn: Guard = ({ heldByRollout }) =>
  heldByRollout ? refusal('cohort-not-yet', 'Its rollout has not come to its cohort.', null) : null;

export const observedWell: Guard = ({ observation, activatedAt, now }) =>
  observationRefusal(observation, activatedAt, now);

/** Whether the one before could still serve. */
export function oldIsReady({ slot, current, now }: Pick<SwapFacts, 'slot' | 'current' | 'now'>): boolean {
  return slot.previousId !== null && current !== null && slot.previousId === current.id && !isUnusable(current, now);
}

/** What a swap says whose certificate the far side refuses, when nothing leads back. */
export const refusedWithoutWayBack = refusal(
  'refused-without-way-back',
  'The far side refuses the certificate that serves, and there is none to go back to: no connector shows it any more. Let the far side accept it and go on, or cancel this swap and propose another certificate.',
  'customer',
);

export const windowOver: Guard = ({ window, now, finishAskedAt, current, slot, connectionRetired }) => {
  if (connectionRetired) return null;
  if (slot.refused) return refusedWithoutWayBack;
  if (slot.previousId === null || finishAskedAt !== null) return null;
  if (current !== null && isUnusable(current, now)) return null;
  return window === null || now >= window.endsAt
    ? null
    : refusal('window-open', 'The certificate before stays ready until the window closes.', null, window.endsAt);
};

export const wayBack: Guard = (facts) => {
  if (facts.activeGeneration !== facts.slot.generation)
    return refusal('pointer-moved', 'The pointer has moved since the activation.', 'operator');
  return oldIsReady(facts)
    ? null
    : refusal(
        'no-way-back',
        'There is no certificate to go back to: the one before is revoked or expired, or its window has closed. Cancel this swap, and propose another certificate.',
        'operator',
      );
};

/** Once it serves, a swap is rolled back. Only where no way leads back is it given up: else no other could be proposed. */
export const nothingToTakeBack: Guard = (facts) => {
  const { state, blockedIn } = facts;
  const serves = [state, blockedIn].some((one) => one === 'active' || one === 'observed');
  return serves && !facts.connectionRetired && wayBack(facts) === null
    ? refusal('state-does-not-allow', 'The next certificate serves already: roll the swap back instead.', null)
    : null;
};
