/** What a folder of revocation data is given, and what it gives. */
import type { FetchCode, FetchedSource, ForwardProxy, RevocationData } from '@sallyport/tls-dialer';
import type { IssuerKey, TrustAnchor } from '@sallyport/x509';

/**
 * One at a time for each name, over all processes of the host that share the folder. In connectors an advisory lock of the database, on the
 * command line a lock file.
 */
export interface SourceLock {
  /**
   * Waits for its turn, runs `work`, and lets the next one in, also where `work` rejects. Rejects where the signal is aborted while it waits.
   * @param name at most 80 characters of `[a-z0-9-]`
   */
  hold<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** Another address for the CRL of an authority, as the terms name it: the one in its certificates cannot be reached from outside. */
export interface AuthorityCrlAddress {
  /** Subject of the authority as RFC 4514 text, as `DistinguishedName.toString()` prints it. */
  readonly issuer: string;
  readonly url: string;
}

/** How one connection may fetch. What was fetched is signed, so everybody on the host uses it. */
export interface FetchWay {
  /** Null: directly. */
  readonly proxy: ForwardProxy | null;
  /** Whether sources may have private addresses. A redirect to another host never may. */
  readonly allowPrivate: boolean;
  /** Trusted for sources that are named by https addresses; the public authorities always are. */
  readonly anchors?: readonly TrustAnchor[];
  /** Asked instead of what the certificates of that authority name. Default none. */
  readonly crlAddresses?: readonly AuthorityCrlAddress[];
  /** Ask also what failed a short while ago: a person is waiting who may have mended it. Default false. */
  readonly ignoreBackOff?: boolean;
  /** Go by what was set aside until its source answers anew. Default false. */
  readonly usesSetAside?: boolean;
}

export interface FetchLimits {
  /** Bytes of a CRL. */
  readonly crlBytes: number;
  /** Bytes of an OCSP response. */
  readonly ocspBytes: number;
  /** Milliseconds for one source, whatever it does, redirects included. */
  readonly sourceMilliseconds: number;
  readonly redirects: number;
}

export interface RevocationFolderOptions {
  /** Made with 0700 where it does not exist. One folder a host. */
  readonly folder: string;
  readonly lock: SourceLock;
  /** Epoch milliseconds. Default Date.now. */
  readonly clock?: () => number;
  /** From 0 to below 1. Default Math.random. */
  readonly chance?: () => number;
  readonly limits?: Partial<FetchLimits>;
}

/** What is held, or was tried, of one source: for the console and the API. Instants in epoch milliseconds. */
export interface Holding {
  readonly kind: 'crl' | 'ocsp';
  readonly url: string;
  /** SHA-256 of the certificate that an OCSP answer is about, lower-case hexadecimal; null for a CRL. */
  readonly subject: string | null;
  /** RFC 4514; null where nothing usable was ever fetched. */
  readonly issuer: string | null;
  readonly thisUpdate: number | null;
  readonly nextUpdate: number | null;
  /** Entries of a CRL; null for OCSP and for what was never fetched. */
  readonly entries: number | null;
  readonly bytes: number | null;
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly sha256: string | null;
  /** When the bytes came, and when the source last confirmed them. */
  readonly fetchedAt: number | null;
  readonly confirmedAt: number | null;
  readonly lastError: { readonly code: FetchCode; readonly message: string; readonly at: number } | null;
  /** Since when the source has only failed; null while it answers. */
  readonly failingSince: number | null;
  /** When it will be asked again. */
  readonly dueAt: number;
}

export interface RevocationFolder {
  /** The same data for everybody; fetched in the way of one connection. */
  forConnection(way: FetchWay): RevocationData;
  /** Everything that is held, or was tried in vain. */
  holdings(): readonly Holding[];
  /** The bytes of a CRL or OCSP answer that is held, e.g. for an archive of evidence; null where they are not. */
  content(sha256: string): Promise<Uint8Array | null>;
  /** Takes a CRL that was pushed and not fetched: judged like a fetched one. @param origin shown as where it came from, e.g. `pushed` */
  takePushedCrl(
    origin: string,
    der: Uint8Array,
    issuers: readonly IssuerKey[],
    signal: AbortSignal,
  ): Promise<FetchedSource>;
  /**
   * Sets aside whatever is held, and forgets whatever failed, of the sources at this origin: who dials asks it anew. It is not thrown away
   * before its source answers: ways that say so go by it.
   * @param origin scheme, host and port, e.g. `http://127.0.0.1:8081`
   */
  setAside(origin: string, signal: AbortSignal): Promise<void>;
  /** Closes the files. */
  close(): void;
}
