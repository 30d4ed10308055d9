/** What is known about revocation, given to the validator: it fetches nothing. */
import type { RevocationList } from './revocation/revocation-list.ts';

/** An OCSP response in DER that says where it came from, so that the report can. */
export interface SourcedOcspResponse {
  readonly der: Uint8Array;
  /** The address that was asked, or whoever gave it. */
  readonly origin: string;
}

/**
 * `hard`: unknown refuses. `soft`: unknown passes and is shown. `off`: not judged, and shown as not judged.
 * A certificate that is revoked is refused under `hard` and `soft` alike.
 */
export type RevocationMode = 'hard' | 'soft' | 'off';

export interface RevocationInput {
  readonly mode: RevocationMode;
  /** CRLs and delta CRLs, in any order: in DER, or read before, so that a large one is indexed once, or kept in files. */
  readonly crls: readonly (Uint8Array | RevocationList)[];
  /** OCSP responses in DER, in any order. */
  readonly ocspResponses: readonly (Uint8Array | SourcedOcspResponse)[];
  /** CRLs about the certificates of delegated OCSP responders and of CRL signers alone; what they say of the path itself is not looked at. */
  readonly responderCrls?: readonly (Uint8Array | RevocationList)[];
  /** Response that the server stapled for the end entity; null where it sent none; absent where there was no handshake to staple in. */
  readonly staple?: Uint8Array | null;
  /** Milliseconds for which a CRL or OCSP response is still used after its nextUpdate. Default 0. */
  readonly gracePeriodMilliseconds?: number;
  /** Milliseconds after its thisUpdate for which an OCSP answer is used; absent: until its nextUpdate, and a day where it has none. */
  readonly maximumOcspAgeMilliseconds?: number;
  /** The nonce of the OCSP request that was answered; absent or null for none. */
  readonly ocspNonce?: Uint8Array | null;
  /** A private anchor whose connection says that it issues no revocation data: every certificate is then `not-applicable`. Default false. */
  readonly anchorIssuesNoRevocationData?: boolean;
}

export const revocationOff: RevocationInput = { mode: 'off', crls: [], ocspResponses: [] };
