/** PKCS#10 certification requests (RFC 2986): read strictly, with the extensions that are asked for (RFC 2985 §5.4.2). */
import { readExtensionList } from './certificate.ts';
import { readOctetBits, readSmallInteger } from './der/der-primitives.ts';
import { DerReader, Tag } from './der/der-reader.ts';
import { readObjectIdentifier } from './der/object-identifier.ts';
import type { Extension } from './extensions/extension.ts';
import { ExtensionSet } from './extensions/extension-set.ts';
import { DistinguishedName } from './name/distinguished-name.ts';
import { signatureAlgorithmOf } from './signature/signature-algorithm.ts';
import { verifySignature } from './signature/verify-signature.ts';
import type { SignatureVerifier } from './signature/verify-signature.ts';
import { readSubjectPublicKey } from './subject-public-key.ts';
import type { SubjectPublicKey } from './subject-public-key.ts';
import { X509Error } from './x509-error.ts';

/** Bytes; a request with many names has some thousand. */
const maximumRequestBytes = 1024 * 1024;
const extensionRequest = '1.2.840.113549.1.9.14';

export interface CertificationRequest {
  readonly der: Uint8Array;
  /** The part that is signed. */
  readonly tbs: Uint8Array;
  readonly subject: DistinguishedName;
  readonly publicKey: SubjectPublicKey;
  /** The extensions that are asked for; none where the request has no such attribute. */
  readonly extensions: ExtensionSet;
  /** Types of all attributes, in order. */
  readonly attributes: readonly string[];
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
}

/** Reads one request that fills the bytes. Whether its own key signed it: `provesPossession`. @throws X509Error */
export function readCertificationRequest(der: Uint8Array): CertificationRequest {
  if (der.length > maximumRequestBytes)
    throw new X509Error('X509_INPUT_TOO_LARGE', maximumRequestBytes, 'a certification request beyond 1 MiB');
  const outer = new DerReader(der);
  const request = outer.enter(Tag.sequence);
  outer.finish();
  const info = request.enter(Tag.sequence);
  const tbs = request.element();
  const signatureAlgorithm = request.expect(Tag.sequence).element();
  const signature = readOctetBits(request);
  request.finish();
  const version = readSmallInteger(info);
  if (version !== 0)
    throw info.fault('X509_VERSION_INVALID', info.start, 'a certification request that is not version 1');
  info.expect(Tag.sequence);
  const subject = new DistinguishedName(info.element(), info.start);
  void subject.relative;
  info.expect(Tag.sequence);
  const publicKey = readSubjectPublicKey(der, info.start, info.contentEnd);
  const extensions: Extension[] = [];
  const attributes: string[] = [];
  // RFC 2986 §4.1: the attributes are not optional, an empty set stands for none; some programs leave them out.
  if (!info.done) {
    const set = info.enter(0xa0);
    while (!set.done) readAttribute(set.enter(Tag.sequence), attributes, extensions);
  }
  info.finish();
  return {
    der,
    tbs,
    subject,
    publicKey,
    extensions: new ExtensionSet(der, extensions),
    attributes,
    signatureAlgorithm,
    signature,
  };
}

/** Was the request signed with the key it asks a certificate for? */
export function provesPossession(request: CertificationRequest, verify: SignatureVerifier = verifySignature): boolean {
  const algorithm = signatureAlgorithmOf(request.signatureAlgorithm);
  if (typeof algorithm === 'string' || algorithm.keyKind !== request.publicKey.kind) return false;
  return verify(algorithm, request.publicKey, request.tbs, request.signature) === 'valid';
}

function readAttribute(attribute: DerReader, attributes: string[], extensions: Extension[]): void {
  const at = attribute.position;
  const type = readObjectIdentifier(attribute);
  if (attributes.includes(type)) throw attribute.fault('X509_REQUEST_MALFORMED', at, `attribute ${type} stands twice`);
  attributes.push(type);
  const values = attribute.enter(Tag.set);
  attribute.finish();
  if (values.done) throw values.fault('X509_SEQUENCE_EMPTY', values.position, 'an attribute without a value');
  if (type === extensionRequest) {
    readExtensionList(values.enter(Tag.sequence), extensions);
    values.finish();
    return;
  }
  while (!values.done) values.next();
}
