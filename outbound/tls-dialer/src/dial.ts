/**
 * One dial: reach, hold, judge, open, compare. Until the five checks have accepted the chain, neither our certificate nor a byte of a request
 * leaves; a connection comes out only with the proof, and everything that was seen comes out as evidence either way.
 */
import type { TLSSocket } from 'node:tls';
import { clientContext } from './client-context.ts';
import type { ClientContext } from './client-context.ts';
import { Deadline, DeadlinePassed } from './deadline.ts';
import { DialError } from './dial-error.ts';
import type { DialEvidence } from './dial-evidence.ts';
import { DialRecord } from './dial-record.ts';
import type { DialTarget } from './dial-target.ts';
import { GatedHandshake, RevocationPending } from './gated-handshake.ts';
import { lateCertificateRefusal } from './handshake-error.ts';
import { reachTarget } from './reach-target.ts';
import { repeatAfterMilliseconds } from './revocation-data.ts';
import type { FetchSummary } from './revocation-data.ts';

export interface AcceptedDial {
  readonly verdict: 'accepted';
  /** Ready for requests. Whoever holds it must destroy it, at the latest at `usableUntil`. */
  readonly socket: TLSSocket;
  readonly evidence: DialEvidence;
  /** Epoch milliseconds: an hour from now, or the first end of validity of the judged path or of our own certificate. */
  readonly usableUntil: number;
  /** Whether the far side has asked for another handshake since. Such a wish is always refused. */
  readonly renegotiationAsked: () => boolean;
  /** Calls when that happens. */
  readonly onRenegotiation: (listener: () => void) => void;
}

export interface FailedDial {
  /** `refused`: by the five checks. `none`: no handshake came about. */
  readonly verdict: 'refused' | 'none';
  readonly error: DialError;
  readonly evidence: DialEvidence;
}

export type DialOutcome = AcceptedDial | FailedDial;

/** A connection lives this long at most, so that a revoked or replaced certificate is noticed. */
const longestUseMilliseconds = 3_600_000;

/**
 * Dials once; a second time only where the first was ended because what decides about revocation was still being fetched. Never rejects for what
 * the far side, the network or the target's certificate does.
 */
export async function dial(target: DialTarget): Promise<DialOutcome> {
  const first = await dialOnce(target, null);
  if (!(first instanceof RevocationPending)) return first;
  const again = await dialOnce(target, await settledInTime(first.fetched));
  if (again instanceof RevocationPending) throw new TypeError('a dial that may not hold has held');
  return again;
}

/** @param earlier what was fetched since a first dial; null for the first, which alone may hold the flight and end as pending */
async function dialOnce(target: DialTarget, earlier: FetchSummary | null): Promise<DialOutcome | RevocationPending> {
  const deadline = new Deadline(target.deadlineMilliseconds);
  const record = new DialRecord(target, earlier);
  try {
    requireAcceptance(target);
    const own = clientContext(target.policy, target.clientCertificate);
    const { stream, usableUntil } = await reachTarget(target, record, deadline);
    const handshake = new GatedHandshake(target, record, stream, earlier === null);
    return await shakeHands(target, own, handshake, record, deadline, usableUntil);
  } catch (error) {
    if (error instanceof RevocationPending) return error;
    if (!(error instanceof DialError)) throw error;
    return { verdict: error.code === 'checks-refused' ? 'refused' : 'none', error, evidence: record.failed(error) };
  } finally {
    deadline.end();
  }
}

/** Our certificate goes with TLS 1.3 only where the operator accepted that in writing for this connection. */
function requireAcceptance({ policy, clientCertificate, tls13Accepted }: DialTarget): void {
  if (policy.maxVersion !== 'TLSv1.3' || clientCertificate === null || tls13Accepted === true) return;
  throw new DialError(
    'tls13-not-accepted',
    `The policy ${policy.id} is not used with a client certificate unless the operator accepts that in writing on the connection.`,
    'operator',
  );
}

/** What was fetched; nothing where it still has not come: then what is held decides. */
async function settledInTime(fetched: Promise<FetchSummary>): Promise<FetchSummary> {
  const { promise, resolve } = Promise.withResolvers<FetchSummary>();
  const timer = setTimeout(() => resolve({ sources: [] }), repeatAfterMilliseconds);
  try {
    return await Promise.race([fetched, promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function shakeHands(
  target: DialTarget,
  own: ClientContext,
  handshake: GatedHandshake,
  record: DialRecord,
  deadline: Deadline,
  reachedUntil: number,
): Promise<DialOutcome> {
  try {
    const { socket, path } = await deadline.within(handshake.run(own));
    record.completed(handshake.gate);
    // Heard in one step with the end of the handshake: whoever got this socket would wait in vain for its error.
    if (handshake.brokenSince !== null)
      throw (
        lateCertificateRefusal(handshake.brokenSince) ??
        new DialError('peer-closed', 'The far side ended the connection right after the handshake.', 'network-team')
      );
    const ends = [Date.now() + longestUseMilliseconds, path.firstNotAfter, own.firstNotAfter ?? Infinity, reachedUntil];
    return {
      verdict: 'accepted',
      socket,
      evidence: record.accepted(),
      usableUntil: Math.min(...ends),
      renegotiationAsked: () => handshake.gate.renegotiationAsked,
      onRenegotiation: (listener) => {
        handshake.gate.once('renegotiation', listener);
      },
    };
  } catch (error) {
    record.completed(handshake.gate);
    const { heldFor } = handshake;
    await handshake.end();
    if (!(error instanceof DeadlinePassed)) throw error;
    // It was we who let the far side wait.
    if (heldFor !== null) throw new RevocationPending(heldFor);
    throw new DialError(
      'handshake-timeout',
      `The handshake with ${target.host} was not over within ${target.deadlineMilliseconds} ms.`,
      'network-team',
    );
  }
}
