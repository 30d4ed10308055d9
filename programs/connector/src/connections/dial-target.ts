/** From the terms of a bound connection to what the dialer is told; the dialer adds nothing of its own. */
import { defaultDeadlineMilliseconds, publicAnchors, type DialTarget } from '@sallyport/tls-dialer';
import { tlsPolicyOf } from '@sallyport/tls-policy';
import { anchorFromCertificate, readCertificate, readPem, type TrustAnchor } from '@sallyport/x509';
import { BindingError, type BoundConnection } from './bound-connection.ts';

const httpsPort = 443;
const anchorsByPem = new Map<string, readonly TrustAnchor[]>();
const mostRemembered = 100;

/** Throws `BindingError` where the terms name anchors that cannot be read. */
export function dialTarget(bound: BoundConnection): DialTarget {
  const { terms } = bound.connection;
  const url = new URL(terms.baseUrl);
  const policy = tlsPolicyOf(terms.tlsPolicy);
  if (policy === null || policy === undefined)
    throw new BindingError('terms-unusable', `There is no TLS policy ${terms.tlsPolicy}.`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? httpsPort : Number(url.port),
    connectTo: null,
    policy,
    anchors: terms.anchors.kind === 'public' ? publicAnchors() : anchorsOf(terms.anchors.pem),
    allowPrivate: terms.allowPrivate,
    revocation: terms.revocation,
    clientCertificate: bound.clientCertificate,
    at: null,
    deadlineMilliseconds: defaultDeadlineMilliseconds,
  };
}

function anchorsOf(pem: string): readonly TrustAnchor[] {
  const known = anchorsByPem.get(pem);
  if (known !== undefined) return known;
  let anchors: readonly TrustAnchor[];
  try {
    anchors = readPem(pem)
      .filter((block) => block.label === 'CERTIFICATE')
      .map((block) => anchorFromCertificate(readCertificate(block.der)));
  } catch {
    throw new BindingError('terms-unusable', 'The trust anchors of the terms cannot be read.');
  }
  if (anchorsByPem.size >= mostRemembered) anchorsByPem.clear();
  anchorsByPem.set(pem, anchors);
  return anchors;
}
