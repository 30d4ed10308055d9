/** PKCS#7 / CMS SignedData as a bundle of certificates and CRLs (RFC 5652 §5.1): nothing in it is verified, it only carries. */
import { DerReader, Tag } from './der/der-reader.ts';
import { readSmallInteger } from './der/der-primitives.ts';
import { readObjectIdentifier } from './der/object-identifier.ts';

const signedData = '1.2.840.113549.1.7.2';

export interface Pkcs7Bundle {
  /** DER, in the order of the bundle. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** Reads a bundle that fills the bytes. Indefinite lengths (BER) are refused. @throws X509Error */
export function readPkcs7(der: Uint8Array): Pkcs7Bundle {
  const outer = new DerReader(der);
  const info = outer.enter(Tag.sequence);
  outer.finish();
  const type = readObjectIdentifier(info);
  if (type !== signedData)
    throw info.fault('X509_DER_TAG_UNEXPECTED', info.start, `content of type ${type}, which is no SignedData`);
  const explicit = info.enter(0xa0);
  info.finish();
  const content = explicit.enter(Tag.sequence);
  explicit.finish();
  readSmallInteger(content);
  content.expect(Tag.set);
  content.expect(Tag.sequence);
  const certificates = content.optional(0xa0) ? elementsOf(content.inside()) : [];
  const crls = content.optional(0xa1) ? elementsOf(content.inside()) : [];
  content.expect(Tag.set);
  content.finish();
  return { certificates, crls };
}

/** The SEQUENCE elements; other choices (attribute certificates, other revocation formats) are tagged and skipped. */
function elementsOf(list: DerReader): readonly Uint8Array[] {
  const elements: Uint8Array[] = [];
  while (!list.done) if (list.next() === Tag.sequence) elements.push(list.element());
  return elements;
}
