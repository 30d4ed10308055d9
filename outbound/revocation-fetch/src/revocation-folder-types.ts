/** What a folder of revocation data is given, and what it gives. */
import type { Duplex } from 'node:stream';
import type { FetchCode, FetchedSource, RevocationData } from '@sallyport/tls-dialer';
import type { IssuerKey } from '@sallyport/x509';

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

/** Opens a connection to a place: directly behind the address guard, or through a forward proxy. Rejects with a `DialError`. */
export type OpenConnection = (
  place: { readonly host: string; readonly port: number },
  signal: AbortSignal,
) => Promise<Duplex>;

/** Another address for the CRL of an authority, as the terms name it: the one in its certificates cannot be reached from outside. */
export interface AuthorityCrlAddress {
  /** Subject of the authority as RFC 4514 text, as `DistinguishedName.toString()` prints it. */
  readonly issuer: string;
  readonly url: string;
}

/** How one connection may fetch. What was fetched is signed, so everybody on the host uses it. */
export interface FetchWay {
  readonly open: OpenConnection;
  /** Asked instead of what the certificates of that authority name. Default none. */
  readonly crlAddresses?: readonly AuthorityCrlAddress[];
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
  /** Takes a CRL that was pushed and not fetched: judged like a fetched one. @param origin shown as where it came from, e.g. `pushed` */
  takePushedCrl(
    origin: string,
    der: Uint8Array,
    issuers: readonly IssuerKey[],
    signal: AbortSignal,
  ): Promise<FetchedSource>;
  /** Closes the files. */
  close(): void;
}
