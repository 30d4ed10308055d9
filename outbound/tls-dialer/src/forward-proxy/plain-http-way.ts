/**
 * A way for one plain HTTP request, as CRLs and OCSP answers are fetched: straight to a guarded address, or through the connection's forward
 * proxy, which then gets the whole URL (absolute-form, RFC 9112 §3.2.2) and its own credential.
 */
import type { Duplex } from 'node:stream';
import { guardAddress, readIpAddress } from '@sallyport/addresses';
import type { HostPort } from '@sallyport/addresses';
import { Deadline } from '../deadline.ts';
import { DialError } from '../dial-error.ts';
import { reachAddress, resolveHost } from '../reach-address.ts';
import { proxyAuthorization } from './basic-credential.ts';
import type { ForwardProxy } from './forward-proxy.ts';
import { reachProxy } from './reach-proxy.ts';

export interface PlainHttpOptions {
  readonly proxy: ForwardProxy | null;
  /** Whether the place may have a private address. What a proxy finds for a name cannot be guarded here. */
  readonly allowPrivate: boolean;
  /** For reaching it, the handshake with an https proxy included. */
  readonly deadlineMilliseconds: number;
}

export interface PlainHttpWay {
  /** Nothing has been sent on it. The caller destroys it. */
  readonly stream: Duplex;
  /** What stands in the request line for a path with its query. */
  readonly requestTarget: (path: string) => string;
  /** Fields for the proxy; it takes them out. They must not be kept for a redirect, nor be shown. */
  readonly fields: Readonly<Record<string, string>>;
}

/** @throws DialError as a dial does: `dns`, `address-forbidden`, `connect-…`, `proxy-…` */
export async function reachPlainHttp(place: HostPort, options: PlainHttpOptions): Promise<PlainHttpWay> {
  const deadline = new Deadline(options.deadlineMilliseconds);
  try {
    const { proxy } = options;
    if (proxy === null) {
      const addresses = await resolveHost(place.host, options.allowPrivate, deadline);
      const stream = await reachAddress(addresses, place.port, deadline);
      return { stream, requestTarget: (path) => path, fields: {} };
    }
    if (readIpAddress(place.host) !== null) {
      const refusal = guardAddress(place.host, options);
      if (refusal !== null) throw new DialError('address-forbidden', refusal.message, 'operator');
    }
    const unwatched = { resolved: () => undefined, connected: () => undefined, judged: () => undefined };
    const { stream } = await reachProxy(proxy, deadline, unwatched);
    const host = place.host.includes(':') ? `[${place.host}]` : place.host;
    const origin = `http://${host}${place.port === 80 ? '' : `:${place.port}`}`;
    const authorization = proxyAuthorization(proxy.authentication);
    return {
      stream,
      requestTarget: (path) => origin + path,
      fields: authorization === null ? {} : { 'proxy-authorization': authorization },
    };
  } finally {
    deadline.end();
  }
}
