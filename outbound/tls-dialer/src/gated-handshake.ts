/** One TLS handshake through the gate: hold, judge, open, compare. Over whatever stream leads to the far side. */
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { readIpAddress } from '@sallyport/addresses';
import { secureContextOptions } from '@sallyport/tls-policy';
import type { VerifiedPath } from '@sallyport/x509';
import { utcInstant } from '@sallyport/x509';
import type { ClientContext } from './client-context.ts';
import { DialError } from './dial-error.ts';
import type { DialEvidence } from './dial-evidence.ts';
import type { DialRecord } from './dial-record.ts';
import type { DialTarget } from './dial-target.ts';
import type { ServerFlight } from './gate/flight.ts';
import { HandshakeGate } from './gate/handshake-gate.ts';
import type { GateFailure } from './gate/gate-failure.ts';
import { errorAfterOpening, errorOfGateFailure } from './handshake-error.ts';
import { judgeFlight, refusalAlert } from './judge-flight.ts';
import type { FlightJudgement } from './judge-flight.ts';
import { holdMilliseconds } from './revocation-data.ts';
import type { FetchSummary } from './revocation-data.ts';
import type { Undecided } from './revocation-judgement.ts';
import { isAsJudged } from './negotiated.ts';

/** A connection that was judged, with the proof. */
export interface Secured {
  readonly socket: TLSSocket;
  readonly path: VerifiedPath;
}

/** user_canceled (RFC 5246 §7.2): we end it for a reason that is none of the far side's. */
const userCanceled = 90;

/** What decides about revocation has not come in time. Internal: `dial` waits for it and repeats itself once. */
export class RevocationPending extends DialError {
  readonly fetched: Promise<FetchSummary>;

  constructor(fetched: Promise<FetchSummary>) {
    super('revocation-pending', 'What says whether the certificate is revoked is still being fetched.', null);
    this.fetched = fetched;
  }
}

/** One handshake over one stream, used once. */
export class GatedHandshake {
  readonly gate: HandshakeGate;
  readonly #target: DialTarget;
  readonly #record: DialRecord;
  readonly #outcome = Promise.withResolvers<Secured>();
  #socket: TLSSocket | null = null;
  #flight: ServerFlight | null = null;
  #path: VerifiedPath | null = null;
  #settled = false;
  /** What the flight is held for; null while it is not held for anything. */
  #heldFor: Promise<FetchSummary> | null = null;
  #brokenSince: Error | null = null;
  readonly #mayHold: boolean;

  /** @param mayHold whether the flight may be held while something is fetched; otherwise what is there decides */
  constructor(target: DialTarget, record: DialRecord, stream: Duplex, mayHold = true) {
    this.#target = target;
    this.#record = record;
    this.#mayHold = mayHold;
    this.gate = new HandshakeGate(stream, target.policy, {
      onFlight: (flight) => this.#judge(flight),
      onFailure: (failure) =>
        this.#fail(this.#heldFor !== null ? errorWhileHeld(failure) : errorOfGateFailure(failure)),
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
    // Before the first byte: with TLS 1.3 the gate reads the flight with what OpenSSL tells here.
    if (policy.tls13Suites.length > 0) socket.on('keylog', (line: Buffer) => this.gate.learn(line.toString('latin1')));
    socket.disableRenegotiation();
    socket.once('secureConnect', () => this.#compare(socket));
    socket.on('error', (error) => this.#broken(error));
    socket.on('close', () => this.#broken(null));
    return this.#outcome.promise;
  }

  /** What broke the connection after its handshake, before anybody had it; null where it stands. */
  get brokenSince(): Error | null {
    return this.#brokenSince;
  }

  /** What is being fetched while the flight is held for it; null where it is not. */
  get heldFor(): Promise<FetchSummary> | null {
    return this.#heldFor;
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
    const at = this.#target.at ?? utcInstant(Date.now());
    const judgement = judgeFlight(flight, this.#target, at);
    const { undecided } = judgement;
    const worthIt =
      this.#mayHold &&
      undecided !== null &&
      this.#target.revocationData?.worthFetching(undecided.certificates, at) === true;
    if (!worthIt || undecided === null) {
      // Nothing to ask for may also mean that another process of this host has just got it, after we had looked.
      const lookAgain = judgement.path === null && undecided !== null && this.#target.revocationData !== undefined;
      this.#decide(lookAgain ? judgeFlight(flight, this.#target, at) : judgement);
      return;
    }
    this.#record.judged(judgement.report, judgement.answers);
    this.#hold(flight, undecided).catch((error: unknown) => {
      this.#settled = true;
      this.#outcome.reject(error);
    });
  }

  /** Holds the flight for as long as load balancers bear it, and judges again with what came; nothing is let through meanwhile. */
  async #hold(flight: ServerFlight, undecided: Undecided): Promise<void> {
    const { revocationData, revocation } = this.#target;
    if (revocationData === undefined) return;
    // Not ended with this dial: whoever dials next finds it done.
    const fetched = revocationData
      .fetch(undecided.certificates, undecided.issuers, new AbortController().signal, { undecided: true })
      .catch((): FetchSummary => ({ sources: [] }));
    this.#heldFor = fetched;
    const held = Promise.withResolvers<null>();
    const timer = setTimeout(() => held.resolve(null), holdMilliseconds);
    const summary = await Promise.race([fetched, held.promise]);
    clearTimeout(timer);
    if (this.#settled || this.gate.ended) return;
    this.#heldFor = null;
    if (summary !== null) this.#record.fetched(summary);
    // `soft` lets pass what is unknown: waiting longer would decide nothing.
    if (summary !== null || revocation !== 'hard') {
      this.#decide(judgeFlight(flight, this.#target, this.#target.at ?? utcInstant(Date.now())));
      return;
    }
    void this.gate.refuse(userCanceled);
    this.#fail(new RevocationPending(fetched));
  }

  #decide({ report, answers, path }: FlightJudgement): void {
    this.#record.judged(report, answers);
    if (path === null) {
      void this.gate.refuse(refusalAlert(report));
      this.#fail(checksRefused(report));
      return;
    }
    this.#path = path;
    this.gate.open(path);
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
    if (this.#settled) {
      this.#brokenSince ??= error ?? new Error('the connection was closed');
      return;
    }
    if (this.#flight !== null && this.#path !== null) this.#fail(errorAfterOpening(error, this.gate, this.#flight));
    else this.#fail(new DialError('tls-protocol-error', 'The handshake could not be begun.', 'operator'));
  }

  #fail(error: DialError): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#outcome.reject(error);
  }
}

/** A far side that does not wait for our answer has not refused anything of ours: nothing of ours was sent. */
function errorWhileHeld(failure: GateFailure): DialError {
  if (failure.code !== 'peer-closed') return errorOfGateFailure(failure);
  return new DialError(
    'peer-closed-while-held',
    'The far side closed the connection while we were asking whether its certificate is revoked; our certificate had not been sent.',
    'network-team',
    failure.alert,
  );
}

function checksRefused(report: DialEvidence['report']): DialError {
  const refusing = (['revocation', 'signature', 'trust', 'validity', 'name'] as const)
    .map((check) => report.checks[check])
    .find(({ status }) => status === 'fail');
  // Under a hard revocation policy an unknown refuses without any check that failed.
  const decisive = refusing ?? report.checks.revocation;
  return new DialError('checks-refused', decisive.message, decisive.actor);
}
