/** The server's first flight of TLS 1.2, read: ServerHello through ServerHelloDone (RFC 5246 §7.4). */

export interface ServerHello {
  /** Both bytes, e.g. 0x0303 for TLS 1.2. */
  readonly version: number;
  /** IANA number of the suite. */
  readonly suite: number;
}

export interface KeyExchange {
  readonly kind: 'ECDHE' | 'DHE';
  /** Number of the named group for ECDHE (RFC 8422 §5.1.1); null for DHE. */
  readonly group: number | null;
  /** The prime of a finite-field group, without leading zeros; null for ECDHE. */
  readonly prime: Uint8Array | null;
}

export interface CertificateRequest {
  /** ClientCertificateType numbers (RFC 5246 §7.4.4). */
  readonly certificateTypes: readonly number[];
  /** SignatureScheme numbers. */
  readonly signatureSchemes: readonly number[];
  /** Distinguished names in DER; none means that any authority is taken. */
  readonly authorities: readonly Uint8Array[];
}

export interface ServerFlight {
  readonly serverHello: ServerHello;
  /** As sent, end entity first; at least one. */
  readonly chain: readonly Uint8Array[];
  /** OCSP response in DER; null where none was stapled (RFC 6066 §8). */
  readonly staple: Uint8Array | null;
  readonly keyExchange: KeyExchange;
  /** Null: no certificate of ours was asked for. */
  readonly certificateRequest: CertificateRequest | null;
  /** Alerts of level warning that came between, by number. */
  readonly warningAlerts: readonly number[];
}

/** Limits, and why: a flight that keeps them costs at most this much memory and work. */
export const flightLimits = {
  /** Bytes, records included: the largest chains seen in public are below 20 KiB. */
  flightBytes: 128 * 1024,
  /** Bytes of all certificates. */
  chainBytes: 100 * 1024,
  certificates: 10,
  warningAlerts: 4,
  /** Payload of one record (RFC 5246 §6.2.1). */
  recordBytes: 16_384,
} as const;
