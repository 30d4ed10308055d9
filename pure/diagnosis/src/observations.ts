/**
 * What the probes saw, as plain JSON: the only thing that rules look at. Everything may be missing; what was not observed
 * is null or absent, and no rule takes silence for a finding.
 */
import type { CertificateFacts } from './certificate-facts.ts';

/** Who can act. */
export type Actor = 'operator' | 'customer' | 'network-team' | 'certificate-authority';

export interface ObservedTarget {
  /** The URL as given, with its context path. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** e.g. `/jira`; empty for none. */
  readonly contextPath: string;
  /** Dialled in place of the host; null where the host itself is. */
  readonly dialledPlace: string | null;
  readonly policy: string;
  /** IANA names. */
  readonly suites: readonly string[];
  readonly anchors: 'public' | 'private';
  /** Subjects' names of the agreed anchors; empty for the public list. */
  readonly anchorNames: readonly string[];
  /** The forward proxy of the connection; absent where it is reached directly. */
  readonly proxy?: ObservedProxy;
}

export interface ObservedProxy {
  /** `http://host:port` or `https://host:port`; it holds no credential. */
  readonly url: string;
  readonly authentication: 'none' | 'basic';
  /** Whom we trust to name an https proxy. */
  readonly anchors: 'public' | 'private';
}

export interface ShownError {
  readonly code: string;
  readonly message: string;
  readonly actor: Actor | null;
}

export interface ObservedCheck {
  readonly status: 'pass' | 'fail' | 'unknown' | 'not-applicable';
  readonly code: string;
  readonly message: string;
  readonly actor: Actor | null;
  /** The source of revocation data that was asked and brought nothing usable; null where none was, or where it did. */
  readonly source: { readonly code: string; readonly kind: string; readonly url: string } | null;
}

export interface ObservedCertificateRequest {
  /** ClientCertificateType numbers (RFC 5246 §7.4.4). */
  readonly types: readonly number[];
  /** SignatureScheme numbers. */
  readonly schemes: readonly number[];
  /** RFC 4514; empty means that any authority is taken. */
  readonly authorities: readonly string[];
}

/** Which certificate of ours a dial had in hand. */
export type Identity = 'ours' | 'none' | 'throw-away' | 'other-name';

/** One whole handshake through the gate. */
export interface ObservedDial {
  /** Unique among the probes; `ours` is the one that stands for the connection. */
  readonly probe: string;
  readonly identity: Identity;
  /** RFC 3339 with milliseconds. */
  readonly at: string;
  readonly address: string | null;
  readonly sourceAddress: string | null;
  readonly sourcePort: number | null;
  readonly verdict: 'accepted' | 'refused' | 'none';
  readonly error: ShownError | null;
  /** Fatal alert that the far side sent. */
  readonly alert: number | null;
  readonly protocol: string | null;
  readonly suite: string | null;
  readonly keyExchange: string | null;
  /** A CertificateRequest came in the first flight. */
  readonly requested: boolean;
  readonly sent: boolean;
  readonly certificateRequest: ObservedCertificateRequest | null;
  readonly chain: readonly CertificateFacts[];
  readonly stapled: boolean;
  readonly checks: Readonly<Record<string, ObservedCheck>>;
  /** The far side asked for a second handshake. */
  readonly renegotiationAsked: boolean;
  readonly milliseconds: number;
}

/** One ClientHello of our own making and the first words of the far side; nothing of ours but the hello ever leaves. */
export interface ObservedHello {
  /** Unique: `hello`, `without-sni`, `tls13`, `tls11`, `suite:…`, `address:…`, `again:…`. */
  readonly probe: string;
  readonly at: string;
  readonly address: string | null;
  readonly sourcePort: number | null;
  readonly outcome: 'server-hello' | 'alert' | 'closed' | 'reset' | 'timeout' | 'not-tls' | 'unreachable';
  /** e.g. `TLS 1.2`; of ServerHello. */
  readonly version: string | null;
  readonly suite: string | null;
  readonly alert: number | null;
  /** Bits of a finite-field group. */
  readonly dhBits: number | null;
  /** RFC 5746; null where no ServerHello came. */
  readonly secureRenegotiation: boolean | null;
  readonly certificateRequest: ObservedCertificateRequest | null;
  /** The first certificate that was shown. */
  readonly endEntity: CertificateFacts | null;
  /** Beginning of what came where it was no TLS; printable characters only. */
  readonly words: string | null;
  readonly milliseconds: number;
}

export interface ObservedHttp {
  readonly probe: string;
  readonly identity: Identity;
  readonly path: string;
  /** Whether the request bore a credential of Jira. */
  readonly authenticated: boolean;
  readonly at: string;
  /** Null where no answer came; then `error` says why. */
  readonly status: number | null;
  readonly error: ShownError | null;
  /** Alert that came instead of an answer. */
  readonly alert: number | null;
  /** Those that rules ask for, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly kind: 'json' | 'html' | 'text' | 'empty' | null;
  /** The page by which an enforcer refuses a client certificate after a handshake that looked well; null where it is none. */
  readonly refusal: { readonly kind: 'missing' | 'not-accepted'; readonly words: string } | null;
  /** The beginning of the body where it was no success or no JSON; printable characters only. */
  readonly words: string;
  /** Members of JSON that rules ask for. */
  readonly json: Readonly<Record<string, string | number | boolean | null>>;
  /** Milliseconds by which the far side's clock is ahead of ours; null where it told no date. */
  readonly clockAheadMilliseconds: number | null;
}

export interface ObservedIssuerFetch {
  readonly url: string;
  /** Whether the issuer that was fetched completes a path to a trusted authority. */
  readonly completes: boolean;
  /** It is the issuer that is missing, and a root: nothing above it is missing. Absent where that is not known. */
  readonly isRoot?: boolean;
  readonly error: string | null;
}

/** The certificate of our certificate's issuer, where it is at hand or could be fetched; its key signed ours. */
export interface ObservedOwnIssuer {
  /** RFC 4514; its own issuer. */
  readonly issuer: string;
  readonly selfIssued: boolean;
  /** Where it was found. */
  readonly from: string;
}

/** Our own certificate, and what is known of it without the far side. */
export interface ObservedOwnCertificate extends CertificateFacts {
  /** Issuers of every certificate that we send, end entity first. */
  readonly chainIssuers: readonly string[];
  readonly chainLength: number;
  readonly revocation: 'good' | 'revoked' | 'unknown';
}

export interface Observations {
  /** When the run began; RFC 3339. */
  readonly at: string;
  /** IANA name of the time zone in which people here read their clocks. */
  readonly timeZone: string;
  readonly target: ObservedTarget;
  readonly ours: ObservedOwnCertificate | null;
  readonly dials: readonly ObservedDial[];
  readonly hellos: readonly ObservedHello[];
  readonly http: readonly ObservedHttp[];
  readonly issuerFetch: ObservedIssuerFetch | null;
  /** Absent where nobody looked, or nothing was found. */
  readonly ownIssuer?: ObservedOwnIssuer;
  /** Why a certificate or key that was handed in could not be used; null where it could. */
  readonly intake: { readonly code: string; readonly message: string } | null;
  /** What the connection's work last broke on. */
  readonly lastError: ShownError | null;
  /** `pat`, `basic`, or null where no credential is known. */
  readonly authentication: string | null;
  /** Serial of the certificate that the far side says it saw, where somebody told us. */
  readonly serialSeenThere: string | null;
}
