/**
 * One dial: reach, hold, judge, open, compare. Until the five checks have accepted the chain, neither our certificate nor a byte of a request
 * leaves; a connection comes out only with the proof, and everything that was seen comes out as evidence either way.
 */
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { readIpAddress } from '@sallyport/addresses';
import { secureContextOptions } from '@sallyport/tls-policy';
import type { VerifiedPath } from '@sallyport/x509';
import { utcInstant } from '@sallyport/x509';
import { clientContext } from './client-context.ts';
import type { ClientContext } from './client-context.ts';
import { Deadline, DeadlinePassed } from './deadline.ts';
import { DialError } from './dial-error.ts';
import type { DialEvidence } from './dial-evidence.ts';
import { DialRecord } from './dial-record.ts';
import type { DialTarget } from './dial-target.ts';
import type { ServerFlight } from './gate/flight.ts';
import { HandshakeGate } from './gate/handshake-gate.ts';
import { errorAfterOpening, errorOfGateFailure } from './handshake-error.ts';
import { judgeFlight, refusalAlert } from './judge-flight.ts';
import { isAsJudged } from './negotiated.ts';
import { reachAddress, resolveHost } from './reach-address.ts';

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

/** Dials once. Never rejects for what the far side, the network or the target's certificate does. */
export async function dial(target: DialTarget): Promise<DialOutcome> {
  const deadline = new Deadline(target.deadlineMilliseconds);
  const record = new DialRecord(target);
  try {
    const own = clientContext(target.policy, target.clientCertificate);
    const place = target.connectTo ?? target;
    const addresses = await resolveHost(place.host, target.allowPrivate, deadline);
    record.mark('resolved');
    const tcp = await reachAddress(addresses, place.port, deadline);
    record.reached(tcp);
    return await shakeHands(target, own, new Handshake(target, record, tcp), record, deadline);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return { verdict: error.code === 'checks-refused' ? 'refused' : 'none', error, evidence: record.failed(error) };
  } finally {
    deadline.end();
  }
}

async function shakeHands(
  target: DialTarget,
  own: ClientContext,
  handshake: Handshake,
  record: DialRecord,
  deadline: Deadline,
): Promise<DialOutcome> {
  try {
    const { socket, path } = await deadline.within(handshake.run(own));
    record.completed(handshake.gate);
    const ends = [Date.now() + longestUseMilliseconds, path.firstNotAfter, own.firstNotAfter ?? Infinity];
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
    await handshake.end();
    if (!(error instanceof DeadlinePassed)) throw error;
    throw new DialError(
      'handshake-timeout',
      `The handshake with ${target.host} was not over within ${target.deadlineMilliseconds} ms.`,
      'network-team',
    );
  }
}

interface Secured {
  readonly socket: TLSSocket;
  readonly path: VerifiedPath;
}

/** One handshake over one TCP connection. */
class Handshake {
  readonly gate: HandshakeGate;
  readonly #target: DialTarget;
  readonly #record: DialRecord;
  readonly #outcome = Promise.withResolvers<Secured>();
  #socket: TLSSocket | null = null;
  #flight: ServerFlight | null = null;
  #path: VerifiedPath | null = null;
  #settled = false;

  constructor(target: DialTarget, record: DialRecord, tcp: Socket) {
    this.#target = target;
    this.#record = record;
    this.gate = new HandshakeGate(tcp, target.policy, {
      onFlight: (flight) => this.#judge(flight),
      onFailure: (failure) => this.#fail(errorOfGateFailure(failure)),
    });
  }

  run(own: ClientContext): Promise<Secured> {
    const { host, policy } = this.#target;
    const socket = connect({
      socket: this.gate,
      // RFC 6066 §3: an address is no server name.
      ...(readIpAddress(host) === null ? { servername: host } : {}),
      secureContext: own.context,
      minDHSize: secureContextOptions(policy).minDHSize,
      // The chain has been judged when OpenSSL sees it; its own opinion is not asked for.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      requestOCSP: true,
    });
    this.#socket = socket;
    socket.disableRenegotiation();
    socket.once('secureConnect', () => this.#compare(socket));
    socket.on('error', (error) => this.#broken(error));
    socket.on('close', () => this.#broken(null));
    return this.#outcome.promise;
  }

  /** Ends whatever is left, after a last alert has had its chance to leave. */
  async end(): Promise<void> {
    if (this.gate.ended) await this.gate.gone;
    else this.gate.destroy();
    this.#socket?.destroy();
  }

  #judge(flight: ServerFlight): void {
    this.#flight = flight;
    this.#record.flightRead(flight);
    const judgement = judgeFlight(flight, this.#target, this.#target.at ?? utcInstant(Date.now()));
    this.#record.judged(judgement.report);
    if (judgement.path === null) {
      void this.gate.refuse(refusalAlert(judgement.report));
      this.#fail(checksRefused(judgement.report));
      return;
    }
    this.#path = judgement.path;
    this.gate.open(judgement.path);
  }

  /** The last look before use: what OpenSSL negotiated is what was judged. */
  #compare(socket: TLSSocket): void {
    const path = this.#path;
    const judged = path?.certificates[0]?.der;
    const negotiated = {
      protocol: socket.getProtocol(),
      suite: socket.getCipher().standardName,
      sessionReused: socket.isSessionReused(),
      endEntity: socket.getPeerX509Certificate()?.raw ?? null,
    };
    if (path === null || judged === undefined || !isAsJudged(negotiated, judged, this.#target.policy)) {
      this.#fail(
        new DialError(
          'tls-protocol-error',
          'What was negotiated is not what was judged; the connection was ended before any use.',
          'network-team',
        ),
      );
      socket.destroy();
      return;
    }
    this.#settled = true;
    this.#record.secured();
    this.#outcome.resolve({ socket, path });
  }

  #broken(error: Error | null): void {
    if (this.#settled) return;
    if (this.#flight !== null && this.#path !== null) this.#fail(errorAfterOpening(error, this.gate, this.#flight));
    else this.#fail(new DialError('tls-protocol-error', 'The handshake could not be begun.', 'operator'));
  }

  #fail(error: DialError): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#outcome.reject(error);
  }
}

function checksRefused(report: DialEvidence['report']): DialError {
  const refusing = (['revocation', 'signature', 'trust', 'validity', 'name'] as const)
    .map((check) => report.checks[check])
    .find(({ status }) => status === 'fail');
  // Under a hard revocation policy an unknown refuses without any check that failed.
  const decisive = refusing ?? report.checks.revocation;
  return new DialError('checks-refused', decisive.message, decisive.actor);
}
