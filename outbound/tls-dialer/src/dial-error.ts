/** Why a dial brought no connection: stable codes, a sentence for people, and who can act. */
import type { Actor } from '@sallyport/tls-policy';

/** Stable; printed by `check`, stored with evidence. */
export type DialErrorCode =
  | 'dns'
  | 'address-forbidden'
  | 'connect-refused'
  | 'connect-timeout'
  | 'not-tls'
  | 'protocol-version'
  | 'no-common-suite'
  | 'weak-dh'
  | 'handshake-timeout'
  | 'peer-closed'
  /** Internal: what decides about revocation has not come in time, so the dial is repeated. Never the outcome of `dial`. */
  | 'revocation-pending'
  /** The far side closed while we held its flight and asked whether its certificate is revoked. */
  | 'peer-closed-while-held'
  | 'tls-protocol-error'
  | 'server-key-not-proven'
  /** One of the five checks refused: the report says which. */
  | 'checks-refused'
  /** The far side answered our certificate, or its absence, with an alert. */
  | 'client-certificate-refused'
  | 'client-certificate-by-renegotiation'
  /** TLS 1.3 with a client certificate, and nobody accepted that in writing. */
  | 'tls13-not-accepted'
  /** Our own certificate or key cannot be used. */
  | 'client-certificate-malformed'
  | 'client-key-mismatch'
  | 'client-certificate-expired'
  /** The forward proxy: no way to it. */
  | 'proxy-unreachable'
  /** 407. */
  | 'proxy-authentication-required'
  /** 403. */
  | 'proxy-forbidden'
  /** 502, 503, 504: it does not reach the target. */
  | 'proxy-bad-gateway'
  /** No answer to CONNECT in time. */
  | 'proxy-timeout'
  /** Another status, or something that is no answer. */
  | 'proxy-protocol-error'
  /** One of the five checks refused the proxy's own certificate. */
  | 'proxy-checks-refused'
  /** The evidence of new dials cannot be kept, so none is made. */
  | 'evidence-unavailable';

/** An error as a value; also thrown to the HTTP client, which knows errors only as such. */
export class DialError extends Error {
  readonly code: DialErrorCode;
  /** Who can act; null where nobody has to. */
  readonly actor: Actor | null;
  /** Number of the alert that the far side sent; null for none (RFC 5246 §7.2). */
  readonly alert: number | null;

  constructor(code: DialErrorCode, message: string, actor: Actor | null, alert: number | null = null) {
    super(message);
    this.name = 'DialError';
    this.code = code;
    this.actor = actor;
    this.alert = alert;
  }
}

/** The error as plain JSON. */
export interface ShownDialError {
  readonly code: string;
  readonly message: string;
  readonly actor: Actor | null;
}

export function showDialError(error: DialError): ShownDialError {
  return { code: error.code, message: error.message, actor: error.actor };
}
