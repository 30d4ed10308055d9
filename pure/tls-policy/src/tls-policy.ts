/** A TLS policy: what we negotiate, as data. Both tiers take their options from here and from nowhere else. */

export interface CipherSuite {
  /** IANA name, as terms and evidence print it. */
  readonly iana: string;
  /** OpenSSL's name, as Node takes and reports it. */
  readonly openssl: string;
  readonly keyExchange: 'ECDHE' | 'DHE';
  readonly authentication: 'ECDSA' | 'RSA';
}

/** A suite of TLS 1.3 says nothing of key exchange and authentication (RFC 8446 §4.1.1). */
export interface Tls13Suite {
  readonly iana: string;
  readonly openssl: string;
}

export type TlsPolicyId = 'tls12-six' | 'tls12-four' | 'tls13';

export interface TlsPolicy {
  readonly id: TlsPolicyId;
  /** One sentence for people. */
  readonly summary: string;
  readonly minVersion: 'TLSv1.2';
  readonly maxVersion: 'TLSv1.2' | 'TLSv1.3';
  /** Of TLS 1.3, in order of preference; empty where that is not offered. */
  readonly tls13Suites: readonly Tls13Suite[];
  /** Of TLS 1.2, in order of preference. */
  readonly suites: readonly CipherSuite[];
  /** Groups for ECDHE in order, by their IANA-like names. */
  readonly groups: readonly string[];
  /** Signature schemes in order, as OpenSSL names them; none with SHA-1. */
  readonly signatureAlgorithms: readonly string[];
  /** Smallest modulus of a finite-field group, in bits; 0 where no suite uses one. */
  readonly minimumDhBits: number;
  /** Whether a finite-field group must be a named one (RFC 7919, RFC 3526). */
  readonly namedDhGroupsOnly: boolean;
  /** Smallest RSA modulus in bits, in certificates and in the key exchange's signature. */
  readonly minimumRsaBits: number;
  readonly renegotiation: false;
  readonly compression: false;
  /** Session tickets and resumption. */
  readonly resumption: false;
}
