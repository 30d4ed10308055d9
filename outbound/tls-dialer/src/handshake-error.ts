/** What a handshake broke on after the gate had opened, or before it could. */
import { DialError } from './dial-error.ts';
import { alertOfError, isClientCertificateAlert } from './alert-number.ts';
import type { GateFailure } from './gate/gate-failure.ts';
import type { HandshakeGate } from './gate/handshake-gate.ts';
import type { ServerFlight } from './gate/flight.ts';

/** Who can act on each fault of the gate. */
const actors = {
  'not-tls': 'customer',
  'protocol-version': 'customer',
  'no-common-suite': 'customer',
  'weak-dh': 'customer',
  'peer-closed': 'network-team',
  'tls-protocol-error': 'network-team',
} as const;

export function errorOfGateFailure(failure: GateFailure): DialError {
  return new DialError(failure.code, failure.message, actors[failure.code], failure.alert);
}

/** @param error what the TLS socket emitted; null where it closed without a word */
export function errorAfterOpening(error: unknown, gate: HandshakeGate, flight: ServerFlight): DialError {
  const alert = gate.fatalAlert ?? alertOfError(error);
  if (alert !== null) return errorOfAlert(alert, gate, flight);
  if (!isOpensslError(error))
    return new DialError(
      'peer-closed',
      gate.secondFlightSent && flight.certificateRequest !== null
        ? 'The far side closed the connection without an alert after it had asked for our certificate.'
        : 'The far side closed the connection in the middle of the handshake.',
      'network-team',
    );
  // OpenSSL verifies the signature of ServerKeyExchange before it lets our second flight leave: what it refuses before is not proven.
  if (!gate.secondFlightSent)
    return new DialError(
      'server-key-not-proven',
      'The far side showed this chain but did not prove that it holds the key: its key exchange is not signed with it.',
      'network-team',
    );
  return new DialError(
    'tls-protocol-error',
    'The handshake broke after the server had proven its key.',
    'network-team',
  );
}

function errorOfAlert(alert: number, gate: HandshakeGate, flight: ServerFlight): DialError {
  if (flight.certificateRequest !== null && gate.secondFlightSent && isClientCertificateAlert(alert))
    return new DialError(
      'client-certificate-refused',
      `${gate.certificateSent ? 'The far side refuses our client certificate' : 'The far side requires a client certificate and got none'}: ${alertWords(alert)} (alert ${alert}).`,
      alertActor(alert, gate.certificateSent),
      alert,
    );
  return new DialError('peer-closed', `The far side ended the handshake with alert ${alert}.`, 'network-team', alert);
}

/**
 * A refusal of our certificate that comes after the handshake: in TLS 1.3 the client is done first (RFC 8446 §2), so the far side's alert meets
 * the first request. Null for any other error.
 */
export function lateCertificateRefusal(error: unknown): DialError | null {
  const alert = alertOfError(error);
  if (alert === null || !isClientCertificateAlert(alert)) return null;
  return new DialError(
    'client-certificate-refused',
    `The far side refuses our client certificate, or its absence: ${alertWords(alert)} (alert ${alert}).`,
    alertActor(alert, alert !== 116),
    alert,
  );
}

/** What an alert about our certificate means, in plain words. */
export function alertWords(alert: number): string {
  const words: Readonly<Record<number, string>> = {
    40: 'no acceptable certificate',
    41: 'no certificate',
    42: 'a bad certificate, or none',
    43: 'a certificate that is not made for this use',
    44: 'a revoked certificate',
    45: 'an expired certificate',
    46: 'a certificate that it does not accept, for a reason that its own log tells',
    47: 'an illegal parameter',
    48: 'a certificate of an authority that it does not trust, or an intermediate that is missing',
    49: 'access denied',
    116: 'a certificate is required',
  };
  return words[alert] ?? 'an alert without a known meaning';
}

/** Whose turn it is when our certificate is refused: what is wrong with it is the operator's, what does not trust it is the customer's. */
export function alertActor(alert: number, sent: boolean): 'operator' | 'customer' {
  if (!sent) return 'operator';
  return alert === 43 || alert === 44 || alert === 45 ? 'operator' : 'customer';
}

function isOpensslError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, library } = error as Error & { code?: unknown; library?: unknown };
  return typeof library === 'string' || /^ERR_(SSL|TLS|OSSL)_/.test(String(code)) || /SSL routines/.test(error.message);
}
