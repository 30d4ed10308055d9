/** A stream to a forward proxy: its address guarded, and over https its certificate judged by a gate of its own. */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { readProxyUrl } from '@sallyport/addresses';
import type { ProxyUrl } from '@sallyport/addresses';
import { clientContext } from '../client-context.ts';
import { DeadlinePassed } from '../deadline.ts';
import type { Deadline } from '../deadline.ts';
import { DialError } from '../dial-error.ts';
import type { DialEvidence } from '../dial-evidence.ts';
import { DialRecord } from '../dial-record.ts';
import type { DialTarget } from '../dial-target.ts';
import { GatedHandshake } from '../gated-handshake.ts';
import type { RevocationData } from '../revocation-data.ts';
import { reachAddress, resolveHost } from '../reach-address.ts';
import type { ForwardProxy } from './forward-proxy.ts';
import { proxyProtocolError } from './proxy-refusal.ts';

/** Told of what is seen on the way, as it is seen. */
export interface ProxyWatch {
  readonly resolved: () => void;
  readonly connected: (tcp: Socket) => void;
  /** Of the handshake with an https proxy, however it ended. */
  readonly judged: (evidence: DialEvidence) => void;
}

export interface ReachedProxy {
  readonly url: ProxyUrl;
  readonly stream: Duplex;
  /** Epoch milliseconds: the first end of a certificate of the proxy's path; Infinity over http. */
  readonly usableUntil: number;
}

/** The URL in parts. @throws DialError where it is none */
export function proxyUrlOf(proxy: ForwardProxy): ProxyUrl {
  const url = readProxyUrl(proxy.url);
  if (!url.ok) throw new DialError('proxy-unreachable', url.error.message, 'operator');
  return url.value;
}

/** @param held what this host holds of revocation data: nothing is fetched for a proxy, but what is there is judged @throws DialError `address-forbidden`, `proxy-unreachable`, `proxy-checks-refused`, `proxy-protocol-error` */
export async function reachProxy(
  proxy: ForwardProxy,
  deadline: Deadline,
  watch: ProxyWatch,
  held?: RevocationData,
): Promise<ReachedProxy> {
  const url = proxyUrlOf(proxy);
  const tcp = await reach(url, proxy.allowPrivate, deadline, watch);
  watch.connected(tcp);
  if (url.scheme === 'http') return { url, stream: tcp, usableUntil: Infinity };
  return secure(proxy, url, tcp, deadline, watch, held);
}

async function reach(url: ProxyUrl, allowPrivate: boolean, deadline: Deadline, watch: ProxyWatch): Promise<Socket> {
  try {
    const addresses = await resolveHost(url.host, allowPrivate, deadline);
    watch.resolved();
    return await reachAddress(addresses, url.port, deadline);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    if (error.code === 'address-forbidden')
      throw new DialError(error.code, `The forward proxy ${url.href} is not dialled: ${error.message}`, error.actor);
    // Our own side's proxy: not the customer's matter, whatever the step says.
    throw new DialError(
      'proxy-unreachable',
      `The forward proxy ${url.href} is not reached: ${error.message}`,
      error.actor === 'customer' ? 'operator' : error.actor,
    );
  }
}

async function secure(
  proxy: ForwardProxy,
  url: ProxyUrl,
  tcp: Socket,
  deadline: Deadline,
  watch: ProxyWatch,
  held: RevocationData | undefined,
): Promise<ReachedProxy> {
  const target: DialTarget = {
    host: url.host,
    port: url.port,
    connectTo: null,
    policy: proxy.policy,
    anchors: proxy.anchors,
    allowPrivate: proxy.allowPrivate,
    revocation: proxy.revocation ?? 'soft',
    ...(held === undefined ? {} : { revocationData: held }),
    // Ours is for the target alone.
    clientCertificate: null,
    at: null,
    deadlineMilliseconds: 0,
  };
  const record = new DialRecord(target);
  const handshake = new GatedHandshake(target, record, tcp, false);
  try {
    const { socket, path } = await deadline.within(handshake.run(clientContext(proxy.policy, null)));
    record.completed(handshake.gate);
    watch.judged(record.accepted());
    return { url, stream: socket, usableUntil: path.firstNotAfter };
  } catch (error) {
    record.completed(handshake.gate);
    await handshake.end();
    const known = asProxyError(error, url);
    watch.judged(record.failed(known));
    throw known;
  }
}

function asProxyError(error: unknown, { href }: ProxyUrl): DialError {
  if (error instanceof DeadlinePassed) return proxyProtocolError(href, 'its TLS handshake was not over in time');
  if (!(error instanceof DialError)) throw error;
  if (error.code === 'checks-refused')
    return new DialError(
      'proxy-checks-refused',
      `The certificate of the forward proxy ${href} is refused: ${error.message}`,
      error.actor === 'customer' ? 'network-team' : error.actor,
    );
  return new DialError(
    'proxy-protocol-error',
    `No TLS handshake with the forward proxy ${href} came about: ${error.message}`,
    'network-team',
    error.alert,
  );
}
