/** What a dial is told: one host, one policy, one trust list, one certificate. It adds nothing of its own. */
import type { TlsPolicy } from '@sallyport/tls-policy';
import type { ForwardProxy } from './forward-proxy/forward-proxy.ts';
import type { RevocationMode, TrustAnchor, UtcInstant } from '@sallyport/x509';
import type { RevocationData, RevocationRules } from './revocation-data.ts';

/** Our certificate with its chain, and its key, both as PEM. */
export interface ClientCertificate {
  /** End entity first, then its intermediates. */
  readonly certificatePem: string;
  /** Not encrypted. */
  readonly keyPem: string;
}

export interface DialTarget {
  /** Host of the URL in A-label form, or an address without brackets: the name that the certificate must bear. */
  readonly host: string;
  readonly port: number;
  /** Dial this place instead of `host`; name and SNI stay those of `host`. Guarded like any other address. */
  readonly connectTo: { readonly host: string; readonly port: number } | null;
  readonly policy: TlsPolicy;
  readonly anchors: readonly TrustAnchor[];
  /** Whether private and loopback addresses may be dialled for this connection. */
  readonly allowPrivate: boolean;
  readonly revocation: RevocationMode;
  /** What this host holds of CRLs and OCSP answers; absent: only what the server staples is judged. */
  readonly revocationData?: RevocationData;
  /** Grace, ages and agreements; absent: none. */
  readonly revocationRules?: RevocationRules;
  /** Whether the operator accepted in writing that our client certificate is used with TLS 1.3; absent: no. */
  readonly tls13Accepted?: boolean;
  /** Null: none is sent, even if asked for. */
  readonly clientCertificate: ClientCertificate | null;
  /** The instant for which every check is judged; null for now. */
  readonly at: UtcInstant | null;
  /** Absent or null: the target is dialled itself. Otherwise the proxy is, and resolves the target's name. */
  readonly proxy?: ForwardProxy | null;
  /** For the whole dial, from the first look-up to the end of the handshake. */
  readonly deadlineMilliseconds: number;
}

/** Milliseconds: what a dial gets where nobody says otherwise. */
export const defaultDeadlineMilliseconds = 15_000;
