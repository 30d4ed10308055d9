/** The stream to a source: plain HTTP directly or through the proxy; https by the same dial as everything, without a certificate of ours. */
import type { Duplex } from 'node:stream';
import { dial, publicAnchors, reachPlainHttp } from '@sallyport/tls-dialer';
import { defaultTlsPolicy } from '@sallyport/tls-policy';
import type { FetchWay } from './revocation-folder-types.ts';
import { hostOf, portOf } from './source-address.ts';
import { FetchFailure } from './fetch-failure.ts';

export interface OpenedSource {
  readonly stream: Duplex;
  readonly requestTarget: (path: string) => string;
  /** For the proxy; never shown. */
  readonly fields: Readonly<Record<string, string>>;
}

/** @throws DialError, FetchFailure */
export async function openSource(url: URL, way: FetchWay, deadlineMilliseconds: number): Promise<OpenedSource> {
  const place = { host: hostOf(url), port: portOf(url) };
  const { proxy, allowPrivate } = way;
  if (url.protocol === 'http:') return reachPlainHttp(place, { proxy, allowPrivate, deadlineMilliseconds });
  const outcome = await dial({
    ...place,
    connectTo: null,
    policy: defaultTlsPolicy,
    anchors: [...publicAnchors(), ...(way.anchors ?? [])],
    allowPrivate,
    // What comes is signed by its authority; asking whether the host's certificate is revoked would go round in circles (RFC 5280 §8).
    revocation: 'off',
    clientCertificate: null,
    at: null,
    deadlineMilliseconds,
    ...(proxy === null ? {} : { proxy }),
  });
  if (outcome.verdict === 'accepted') return { stream: outcome.socket, requestTarget: (path) => path, fields: {} };
  if (outcome.verdict === 'refused')
    throw new FetchFailure(
      'source-tls-failed',
      `The certificate of ${place.host} is refused: ${outcome.error.message}`,
    );
  const { code } = outcome.error;
  if (code === 'dns' || code === 'address-forbidden' || code.startsWith('connect-') || code.startsWith('proxy-'))
    throw outcome.error;
  throw new FetchFailure('source-tls-failed', `There is no TLS with ${place.host}: ${outcome.error.message}`);
}
