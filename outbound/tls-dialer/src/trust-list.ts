/** The public trust list: the roots that come with Node, joined with the dates from which root programmes no longer trust some of them. */
import { getCACertificates } from 'node:tls';
import { distrustAfterOf } from '@sallyport/tls-policy';
import { anchorFromCertificate, readCertificate, readPem, X509Error } from '@sallyport/x509';
import type { TrustAnchor } from '@sallyport/x509';

let bundled: readonly TrustAnchor[] | null = null;
const publicOnes = new WeakSet<TrustAnchor>();

/** Read once; a root whose form the strict reader refuses is left out. */
export function publicAnchors(): readonly TrustAnchor[] {
  bundled ??= getCACertificates('bundled').flatMap(anchorOfPem);
  return bundled;
}

/** Whether an anchor is one of the public list: then the rules for public authorities hold for its paths. */
export function isPublicAnchor(anchor: TrustAnchor): boolean {
  return publicOnes.has(anchor);
}

/** Characters of a text with trust anchors: Node's whole list has about 220,000. */
const largestAnchorsText = 4_000_000;

export type AnchorsAnswer =
  | { readonly ok: true; readonly anchors: readonly TrustAnchor[] }
  | { readonly ok: false; readonly code: 'anchors-malformed' | 'anchors-too-large'; readonly message: string };

/** Anchors of a private authority that was agreed on, as PEM. */
export function readAnchors(pem: string): AnchorsAnswer {
  if (pem.length > largestAnchorsText)
    return {
      ok: false,
      code: 'anchors-too-large',
      message: `A file of trust anchors has at most ${largestAnchorsText} characters.`,
    };
  try {
    const blocks = readPem(pem);
    const other = blocks.find((block) => block.label !== 'CERTIFICATE');
    if (other !== undefined)
      return {
        ok: false,
        code: 'anchors-malformed',
        message: `The trust anchors hold a block '${other.label}'; only certificates belong there.`,
      };
    return { ok: true, anchors: blocks.map((block) => anchorFromCertificate(readCertificate(block.der))) };
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    return { ok: false, code: 'anchors-malformed', message: `The trust anchors cannot be read: ${error.message}.` };
  }
}

function anchorOfPem(pem: string): TrustAnchor[] {
  try {
    const certificate = readCertificate(readPem(pem)[0]?.der ?? new Uint8Array());
    const anchor = anchorFromCertificate(certificate, { distrustAfter: distrustAfterOf(certificate.sha256) });
    publicOnes.add(anchor);
    return [anchor];
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}
