/** Why a flight was not let through, before anything was judged. */

export type GateFailureCode =
  | 'not-tls'
  | 'protocol-version'
  | 'no-common-suite'
  | 'weak-dh'
  | 'peer-closed'
  | 'tls-protocol-error';

export class GateFailure extends Error {
  readonly code: GateFailureCode;
  /** Number of the fatal alert that the far side sent; null for none. */
  readonly alert: number | null;

  constructor(code: GateFailureCode, message: string, alert: number | null = null) {
    super(message);
    this.name = 'GateFailure';
    this.code = code;
    this.alert = alert;
  }
}

export function protocolError(message: string): GateFailure {
  return new GateFailure('tls-protocol-error', message);
}
