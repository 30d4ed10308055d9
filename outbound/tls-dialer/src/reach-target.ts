/** The first step of a dial: a stream on which the target will answer, straight or through the connection's forward proxy. */
import type { Duplex } from 'node:stream';
import { guardAddress, readIpAddress } from '@sallyport/addresses';
import type { HostPort } from '@sallyport/addresses';
import type { Deadline } from './deadline.ts';
import { DialError } from './dial-error.ts';
import type { DialRecord } from './dial-record.ts';
import type { DialTarget } from './dial-target.ts';
import { openTunnel } from './forward-proxy/connect-tunnel.ts';
import type { ForwardProxy } from './forward-proxy/forward-proxy.ts';
import { reachProxy } from './forward-proxy/reach-proxy.ts';
import { reachAddress, resolveHost } from './reach-address.ts';

export interface ReachedTarget {
  readonly stream: Duplex;
  /** Epoch milliseconds: when the certificate of an https proxy ends; Infinity where none stands between. */
  readonly usableUntil: number;
}

/** Nothing has been said to the target yet when it resolves. @throws DialError */
export async function reachTarget(target: DialTarget, record: DialRecord, deadline: Deadline): Promise<ReachedTarget> {
  const place = target.connectTo ?? target;
  if (target.proxy != null) return tunnel(target, target.proxy, place, record, deadline);
  const addresses = await resolveHost(place.host, target.allowPrivate, deadline);
  record.mark('resolved');
  const tcp = await reachAddress(addresses, place.port, deadline);
  record.reached(tcp);
  return { stream: tcp, usableUntil: Infinity };
}

/** The proxy resolves the target's name: we make no look-up for it, and cannot guard what it finds. */
async function tunnel(
  { allowPrivate, revocationData }: DialTarget,
  proxy: ForwardProxy,
  place: HostPort,
  record: DialRecord,
  deadline: Deadline,
): Promise<ReachedTarget> {
  const authority = place.host.includes(':') ? `[${place.host}]:${place.port}` : `${place.host}:${place.port}`;
  record.proxied(proxy, authority);
  if (readIpAddress(place.host) !== null) {
    const refusal = guardAddress(place.host, { allowPrivate });
    if (refusal !== null) throw new DialError('address-forbidden', refusal.message, 'operator');
  }
  const { url, stream, usableUntil } = await reachProxy(
    proxy,
    deadline,
    {
      resolved: () => record.mark('resolved'),
      connected: (tcp) => record.reached(tcp),
      judged: (evidence) => record.proxyJudged(evidence),
    },
    revocationData,
  );
  const { authentication } = proxy;
  await openTunnel(stream, { proxy: url.href, authority, authentication }, deadline, (status) =>
    record.proxyAnswered(status),
  );
  return { stream, usableUntil };
}
