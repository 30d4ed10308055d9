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
import { errorAfterOpening, errorOfGateFailure } from './handshake-error.ts';
import { judgeFlight, refusalAlert } from './judge-flight.ts';
import { isAsJudged } from './negotiated.ts';

/** A connection that was judged, with the proof. */
export interface Secured {
  readonly socket: TLSSocket;
  readonly path: VerifiedPath;
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

  constructor(target: DialTarget, record: DialRecord, stream: Duplex) {
    this.#target = target;
    this.#record = record;
    this.gate = new HandshakeGate(stream, target.policy, {
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
