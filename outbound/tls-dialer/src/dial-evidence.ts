/** What a dial saw and did, as plain JSON: the record that is kept of every dial, also of those that brought no connection. */
import type { FiveCheckReport } from '@sallyport/tls-policy';
import type { ShownDialError } from './dial-error.ts';
import type { FetchedSource } from './revocation-data.ts';

export interface ClientCertificateEvidence {
  /** The far side sent a CertificateRequest in its first flight. */
  readonly requested: boolean;
  /** A certificate of ours left, seen in the bytes that were sent. */
  readonly sent: boolean;
  /** Distinguished names of the authorities that the far side says it accepts (RFC 4514); empty means that it named none. */
  readonly acceptedIssuers: readonly string[];
  /** Numbers of ClientCertificateType and SignatureScheme that the far side takes; absent where it asked for none. */
  readonly types?: readonly number[];
  readonly signatureSchemes?: readonly number[];
}

export interface TlsEvidence {
  /** e.g. `TLSv1.2`. */
  readonly protocol: string;
  /** IANA name of the suite. */
  readonly suite: string;
  /** Group of the key exchange: `X25519`, `P-256`, `ffdhe2048`, … */
  readonly keyExchange: string;
}

/** The forward proxy that a dial went through. Its credentials have no place here. */
export interface ProxyEvidence {
  /** `scheme://host:port`. */
  readonly url: string;
  /** How we showed ourselves to it. */
  readonly authentication: 'none' | 'basic';
  /** The stations, ours left out: the proxy, then what it was asked to reach, each as `host:port`. */
  readonly path: readonly string[];
  /** The five checks on the proxy's own certificate; null over http, or where none was seen. */
  readonly report: FiveCheckReport | null;
  /** TLS to the proxy; what passes through it is TLS of its own. */
  readonly tls: TlsEvidence | null;
  /** Status of its answer to CONNECT; null where none was read. */
  readonly status: number | null;
  /** Since the dial began; null where it gave no answer. */
  readonly answeredMilliseconds: number | null;
}

/** Milliseconds since the dial began; null for what was not reached. */
export interface DialTimings {
  readonly resolved: number | null;
  readonly connected: number | null;
  readonly flight: number | null;
  readonly judged: number | null;
  readonly secure: number | null;
  readonly total: number;
}

/** The answer that decided about one certificate of the path. */
export interface RevocationAnswer {
  /** Place in the path, the end entity being 0. */
  readonly certificateIndex: number | null;
  readonly kind: 'crl' | 'ocsp';
  readonly from: 'staple' | 'held' | 'pushed';
  /** Where it was fetched, or who pushed it; null for a staple. */
  readonly url: string | null;
  /** SHA-256 of the bytes, lower-case hexadecimal; null where it is not known. */
  readonly sha256: string | null;
  /** RFC 3339. */
  readonly thisUpdate: string | null;
  readonly nextUpdate: string | null;
}

export interface DialEvidence {
  /** When the dial began, RFC 3339 with milliseconds, UTC. */
  readonly at: string;
  readonly host: string;
  readonly port: number;
  /** The address that was dialled, the proxy's where there is one; null where none was. */
  readonly address: string | null;
  /** The address that we dialled from; null where no connection came about. */
  readonly sourceAddress: string | null;
  /** The port that we dialled from: what a log of the far side shows. */
  readonly sourcePort?: number | null;
  /** Id of the TLS policy. */
  readonly policy: string;
  readonly report: FiveCheckReport;
  readonly clientCertificate: ClientCertificateEvidence;
  /** Null where no ServerKeyExchange was read. */
  readonly tls: TlsEvidence | null;
  /** An OCSP response came with the chain. */
  readonly stapled?: boolean;
  /** The chain as sent, end entity first, each certificate as base64 of its DER. */
  readonly chain: readonly string[];
  /** Whether the key of the chain's end entity signed this very handshake; a chain without that is shown, not proven. */
  readonly keyProven: boolean;
  /** Alerts of level warning that were held with the flight, by number. */
  readonly warningAlerts: readonly number[];
  /** The fatal alert that ended it, by number; null for none. */
  readonly fatalAlert: number | null;
  readonly timings: DialTimings;
  /** Which source answered for which certificate of the path; absent where revocation was not judged from any. */
  readonly revocation?: readonly RevocationAnswer[];
  /** The OCSP response that was stapled, base64 of its DER; absent where none was. */
  readonly staple?: string;
  /** What was fetched because of this dial, while it was held or before it was repeated; absent where nothing was. */
  readonly fetched?: readonly FetchedSource[];
  /** This is the second dial: the first was ended because what decides about revocation took too long to come. Absent: the first. */
  readonly repeated?: true;
  /** How long the first flight was held: judging, and what had to be fetched for it. */
  readonly heldMilliseconds: number;
  readonly error: ShownDialError | null;
  /** Absent: the target itself was dialled. */
  readonly proxy?: ProxyEvidence;
}
