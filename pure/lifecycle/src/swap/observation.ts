/** After the activation: do handshakes go as they went before? Only a refused certificate takes a swap back by itself. */
import { refusal, type SwapActor, type SwapRefusal } from './swap-state.ts';

export interface HandshakeCounts {
  readonly handshakes: number;
  /** Of those: not accepted, for whatever reason. */
  readonly failed: number;
  /** Of those: our certificate was refused. */
  readonly refused: number;
}

/** Requests on good handshakes: a far side may finish each and answer nothing. */
export interface ReadCounts {
  readonly made: number;
  readonly failed: number;
}

export interface ObservationFacts {
  /** How long it is observed at least. */
  readonly seconds: number;
  /** Full handshakes with a read, made for the observation and accepted. */
  readonly accepted: number;
  readonly lastAcceptedAt: number | null;
  /** Of the last try, whatever came of it. */
  readonly lastTriedAt: number | null;
  readonly lastMessage: string | null;
  /** Who could act on it; null where nobody is known. */
  readonly lastActor: SwapActor | null;
  readonly after: HandshakeCounts;
  /** Of an equal time before the activation. */
  readonly before: HandshakeCounts;
  readonly reads: {
    /** Those made for the observation. */
    readonly after: ReadCounts;
    /** Those that the canary made with the certificate before. */
    readonly before: ReadCounts;
  };
}

/** One at the beginning, one at the end: a clock that jumps proves nothing. */
const acceptedNeeded = 2;
/** Fewer failures than this are no rate. */
const failuresThatCount = 3;
/** Worse by more than this share of all handshakes. */
const worseBy = 0.1;
const retryMilliseconds = 10_000;
const longestPauseMilliseconds = 10 * 60_000;

/** Null where the observation is complete and nothing speaks against it. */
export function observationRefusal(
  observation: ObservationFacts | null,
  activatedAt: number | null,
  now: number,
): SwapRefusal | null {
  if (observation === null || activatedAt === null)
    return refusal('not-activated', 'There is nothing to observe before the activation.', null);
  const endsAt = activatedAt + observation.seconds * 1000;
  const worse = observationWorse(observation);
  if (worse !== null) return worse;
  if (now < endsAt) return refusal('observing', 'The swap is being observed.', null, endsAt);
  if (observation.accepted < acceptedNeeded || (acceptedBy(observation, now) ?? 0) < endsAt)
    return refusal(
      'observation-unproven',
      `No handshake with the new certificate was accepted at the end of the observation${observation.lastMessage === null ? '' : `: ${observation.lastMessage}`}.`,
      observation.lastMessage === null ? null : 'network-team',
      now + retryMilliseconds,
    );
  return null;
}

/** Rates against the time before. Time-outs and 5xx never take a swap back; a person looks at them. */
export function observationWorse(observation: ObservationFacts): SwapRefusal | null {
  return handshakesWorse(observation) ?? readsWorse(observation);
}

/** What was seen so far is known to whoever went on in spite of it. */
export function withoutFailures(observation: ObservationFacts): ObservationFacts {
  const { after, reads } = observation;
  return {
    ...observation,
    after: { ...after, failed: 0 },
    reads: { ...reads, after: { ...reads.after, failed: 0 } },
  };
}

function isWorse(failed: number, of: number, failedBefore: number, ofBefore: number): boolean {
  return failed >= failuresThatCount && failed / Math.max(of, 1) > failedBefore / Math.max(ofBefore, 1) + worseBy;
}

function readsWorse({ reads: { after, before }, lastMessage, lastActor }: ObservationFacts): SwapRefusal | null {
  if (!isWorse(after.failed, after.made, before.failed, before.made)) return null;
  return refusal(
    'observation-worse',
    `Since the activation ${after.failed} of ${after.made} reads failed, with the certificate before ${before.failed} of ${before.made}. ${lastMessage === null ? '' : `The last one: ${lastMessage.replace(/\.?$/u, '.')} `}None was a refusal of the certificate, so nothing goes back by itself: see what the far side does after the handshake, then go on or roll back.`,
    lastActor ?? 'customer',
  );
}

function handshakesWorse({ after, before }: ObservationFacts): SwapRefusal | null {
  const failures = after.failed - after.refused;
  if (!isWorse(failures, after.handshakes, before.failed, before.handshakes)) return null;
  return refusal(
    'observation-worse',
    `Since the activation ${failures} of ${after.handshakes} handshakes failed, before it ${before.failed} of ${before.handshakes}. None was a refusal of the certificate: look whether the far side has another fault, then resume or roll back.`,
    'operator',
  );
}

/** Null also where it was kept for a time to come: the clock has gone back since, and it proves nothing of now. */
function acceptedBy({ lastAcceptedAt }: ObservationFacts, now: number): number | null {
  return lastAcceptedAt !== null && lastAcceptedAt <= now ? lastAcceptedAt : null;
}

/** When the next handshake is made for the observation. */
export function nextProbeAt(observation: ObservationFacts, activatedAt: number, now: number): number {
  const { accepted, lastTriedAt, seconds } = observation;
  // Never tried, or tried before the clock went back: it is not waited for what lies ahead of it.
  if (lastTriedAt === null || lastTriedAt > now) return Math.min(activatedAt, now);
  const lastAcceptedAt = acceptedBy(observation, now);
  if (accepted === 0 || lastTriedAt > (lastAcceptedAt ?? 0)) return lastTriedAt + retryMilliseconds;
  const endsAt = activatedAt + seconds * 1000;
  if (lastAcceptedAt !== null && lastAcceptedAt >= endsAt)
    // A first one that came late is no end of an observation yet.
    return accepted >= acceptedNeeded ? Infinity : lastTriedAt + Math.min(seconds * 1000, retryMilliseconds);
  return Math.min(endsAt, lastTriedAt + longestPauseMilliseconds);
}
