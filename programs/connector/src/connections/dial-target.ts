/** From the terms of a bound connection to what the dialer is told; the dialer adds nothing of its own. */
import {
  basicAuthentication,
  defaultDeadlineMilliseconds,
  type DialTarget,
  type ForwardProxy,
} from '@sallyport/tls-dialer';
import { tlsPolicyOf } from '@sallyport/tls-policy';
import { BindingError } from './binding-error.ts';
import type { BoundConnection } from './bound-connection.ts';
import { anchorsOf } from './terms-anchors.ts';

const httpsPort = 443;

/** What of a connection a dial, or a judgement without one, is made from. */
export type TargetParts = Pick<BoundConnection, 'connection' | 'clientCertificate' | 'proxyCredential' | 'revocation'>;

/** Throws `BindingError` where the terms name anchors that cannot be read. */
export function dialTarget(bound: TargetParts): DialTarget {
  const { terms } = bound.connection;
  const url = new URL(terms.baseUrl);
  const policy = tlsPolicyOf(terms.tlsPolicy);
  if (policy === null || policy === undefined)
    throw new BindingError('terms-unusable', `There is no TLS policy ${terms.tlsPolicy}.`);
  const anchors = anchorsOf(terms.anchors);
  const proxy = forwardProxyOf(bound);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? httpsPort : Number(url.port),
    connectTo: null,
    policy,
    anchors,
    allowPrivate: terms.allowPrivate,
    revocation: terms.revocation,
    tls13Accepted: terms.tls13ClientCertificate !== undefined,
    clientCertificate: bound.clientCertificate,
    at: null,
    proxy,
    ...bound.revocation?.dialMembers(terms, proxy, anchors),
    deadlineMilliseconds: defaultDeadlineMilliseconds,
  };
}

/** The terms' forward proxy with its credential; null where they name none. @throws BindingError */
function forwardProxyOf({ connection, proxyCredential }: TargetParts): ForwardProxy | null {
  const { proxy } = connection.terms;
  if (proxy === undefined) return null;
  const authentication =
    proxyCredential === null
      ? ({ kind: 'none' } as const)
      : basicAuthentication(proxyCredential.username, proxyCredential.password);
  if (authentication === null)
    throw new BindingError('proxy-credential-malformed', 'User name or password of the forward proxy cannot be sent.');
  return {
    url: proxy.url,
    authentication,
    anchors: anchorsOf(proxy.anchors),
    policy: tlsPolicyOf(proxy.tlsPolicy ?? 'tls12-six'),
    allowPrivate: proxy.allowPrivate,
  };
}
