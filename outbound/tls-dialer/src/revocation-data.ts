/**
 * What a host holds of CRLs and OCSP answers, and the way to get more, as the dial sees it. `revocation-fetch` implements it over a folder; the
 * dial neither knows where the data lies nor how it is fetched.
 */
import type { Actor } from '@sallyport/tls-policy';
import type { Certificate, IssuerKey, RevocationInput, UtcInstant } from '@sallyport/x509';

/** Held answers, ready for `validate`. Each carries its own origin: the address it was fetched from, or who pushed it. */
export interface HeldRevocation {
  readonly crls: RevocationInput['crls'];
  readonly ocspResponses: RevocationInput['ocspResponses'];
}

/**
 * Why a source brought nothing usable; `ok` and `not-modified` where it did. Stable: stored with evidence and asked about by the doctor, told in
 * docs/revocation.md. `backing-off`: it failed a short while ago, here or in another process of this host, and is left alone until its time has come.
 */
export const fetchCodes = [
  'ok',
  'not-modified',
  'backing-off',
  'source-down',
  'source-dns',
  'source-timeout',
  'source-address-forbidden',
  'source-proxy-failed',
  'source-tls-failed',
  'source-scheme-not-supported',
  'source-http-status',
  'source-http-malformed',
  'source-encoded',
  'source-too-large',
  'source-too-many-redirects',
  'source-redirect-forbidden',
  'source-cut-off',
  'source-empty',
  'source-not-der',
  'crl-malformed',
  'crl-other-issuer',
  'crl-wrong-signer',
  'crl-stale',
  'crl-future',
  'crl-older-than-held',
  'ocsp-malformed',
  'ocsp-try-later',
  'ocsp-not-successful',
  'ocsp-other-certificate',
  'ocsp-nonce-mismatch',
  'ocsp-bad-signature',
  'ocsp-wrong-signer',
  'ocsp-responder-not-authorised',
  'ocsp-stale',
  'ocsp-future',
  'ocsp-unknown-certificate',
  'storage-full',
  'storage-failed',
  'given-up',
] as const;

export type FetchCode = (typeof fetchCodes)[number];

export interface FetchedSource {
  readonly kind: 'crl' | 'ocsp';
  /** As the certificate or the terms name it. */
  readonly url: string;
  readonly code: FetchCode;
  /** One sentence for people. */
  readonly message: string;
  /** Null where nobody has to act. */
  readonly actor: Actor | null;
  /** Bytes of the body that were read. */
  readonly bytes: number;
  readonly milliseconds: number;
}

/** One line for each source that was asked, or that could not be. */
export interface FetchSummary {
  readonly sources: readonly FetchedSource[];
}

export interface FetchOptions {
  /** `all`: ask also what is neither missing nor due, by conditional requests. Default `due`. */
  readonly refresh?: 'due' | 'all';
  /** What is held was judged and does not decide: responders are asked also where a CRL is held. Default false. */
  readonly undecided?: boolean;
  /** `always`: ask the responders also where a CRL answers, e.g. for an answer to staple. Default `where-needed`. */
  readonly responders?: 'where-needed' | 'always';
}

export interface RevocationData {
  /** Held answers for these certificates. Never waits for the network; below 1 ms when warm. */
  held(certificates: readonly Certificate[], at: UtcInstant): HeldRevocation;
  /**
   * Whether `fetch` would ask anybody about these certificates, about which what is held does not decide: some source that they name is missing or
   * due and not backing off. Where it would not, holding a handshake brings nothing.
   */
  worthFetching(certificates: readonly Certificate[], at: UtcInstant): boolean;
  /** Sources of these certificates that failed when they were asked last, with the code and the words of that failure. Never waits. */
  failures(certificates: readonly Certificate[]): readonly FetchedSource[];
  /**
   * Fetches what is missing, stale or due for these certificates; settles when every source has answered or failed (10 s each at most). Single
   * flight: whoever asks for a source that is being fetched waits for that fetch. Never rejects for what a source does.
   * @param issuers names and keys that may have issued the certificates: the rest of the path, and its anchor
   */
  fetch(
    certificates: readonly Certificate[],
    issuers: readonly IssuerKey[],
    signal: AbortSignal,
    options?: FetchOptions,
  ): Promise<FetchSummary>;
}

/** How the connection's terms want revocation judged. Absent members mean what the validator does by default. */
export interface RevocationRules {
  /** Milliseconds for which a CRL or OCSP answer is still used after its nextUpdate. Default 0. */
  readonly gracePeriodMilliseconds?: number;
  /** Greatest age of an OCSP answer in milliseconds. */
  readonly maximumOcspAgeMilliseconds?: number;
  /** The connection's private authority issues no revocation data: agreed in writing. Default false. */
  readonly anchorIssuesNoRevocationData?: boolean;
  /** Authorities whose certificates may be of unknown status for a while, by two people's word. Default none. */
  readonly softened?: readonly SoftenedAuthority[];
}

/** An emergency softening: it ends by itself, and never lets a certificate pass that is known as revoked. */
export interface SoftenedAuthority {
  /** Issuer of the certificates it is about (RFC 4514). */
  readonly authority: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Milliseconds for which a dial that was ended waits for what is being fetched, before it is repeated: one source has ten seconds. */
export const repeatAfterMilliseconds = 12_000;

/** Milliseconds for which a server's first flight is held while something is fetched: load balancers close at about ten seconds. */
export const holdMilliseconds = 2_000;
