import type { TermsAnchors } from '@sallyport/terms';
import { publicAnchors } from '@sallyport/tls-dialer';
import { anchorFromCertificate, readCertificate, readPem, type TrustAnchor } from '@sallyport/x509';
import { BindingError } from './binding-error.ts';

const anchorsByPem = new Map<string, readonly TrustAnchor[]>();
const mostRemembered = 100;

/** The trust list that terms name, read once. @throws BindingError */
export function anchorsOf(anchors: TermsAnchors): readonly TrustAnchor[] {
  if (anchors.kind === 'public') return publicAnchors();
  const { pem } = anchors;
  const known = anchorsByPem.get(pem);
  if (known !== undefined) return known;
  let read: readonly TrustAnchor[];
  try {
    read = readPem(pem)
      .filter((block) => block.label === 'CERTIFICATE')
      .map((block) => anchorFromCertificate(readCertificate(block.der)));
  } catch {
    throw new BindingError('terms-unusable', 'The trust anchors of the terms cannot be read.');
  }
  if (anchorsByPem.size >= mostRemembered) anchorsByPem.clear();
  anchorsByPem.set(pem, read);
  return read;
}
