/** OCSP requests (RFC 6960 §4.1): built for certificates, and read. */
import { DerReader, Tag } from '../der/der-reader.ts';
import { readSmallInteger } from '../der/der-primitives.ts';
import type { ExtensionSet } from '../extensions/extension-set.ts';
import { X509Error } from '../x509-error.ts';
import { certificateIdOf, readCertificateId } from './ocsp-certificate-id.ts';
import type { CertificateId, CertificateIdHash, IssuerKey } from './ocsp-certificate-id.ts';
import type { Certificate } from '../certificate.ts';
import { nonceOf, readExtensionsUnder } from './ocsp-response.ts';

/** Bytes; requests are small. */
const maximumRequestBytes = 64 * 1024;

export interface OcspRequest {
  readonly ids: readonly CertificateId[];
  readonly nonce: Uint8Array | null;
  readonly extensions: ExtensionSet;
  readonly signed: boolean;
}

export interface OcspRequestOptions {
  /** Default `sha1`: what RFC 5019 responders expect; `sha256` where the responder is known to take it. */
  readonly hash?: CertificateIdHash;
  /** 1 to 32 bytes of chance, given by the caller (RFC 8954); default none. */
  readonly nonce?: Uint8Array | null;
}

const hashIdentifiers: Readonly<Record<CertificateIdHash, readonly number[]>> = {
  sha1: [0x2b, 0x0e, 0x03, 0x02, 0x1a],
  sha256: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01],
  sha384: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02],
  sha512: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03],
};
const nonceIdentifier = [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02];

/** The DER of an unsigned request about certificates of one or several issuers. */
export function buildOcspRequest(
  questions: readonly { readonly certificate: Certificate; readonly issuer: IssuerKey }[],
  options: OcspRequestOptions = {},
): Uint8Array {
  const hash = options.hash ?? 'sha1';
  const nonce = options.nonce ?? null;
  if (questions.length === 0 || (nonce !== null && (nonce.length === 0 || nonce.length > 32)))
    throw new TypeError('an OCSP request asks about at least one certificate, and its nonce has 1 to 32 bytes');
  const requests = questions.map(({ certificate, issuer }) => {
    const id = certificateIdOf(certificate, issuer, hash);
    const algorithm = element(Tag.sequence, element(Tag.objectIdentifier, hashIdentifiers[hash]), element(Tag.null));
    return element(
      Tag.sequence,
      element(
        Tag.sequence,
        algorithm,
        element(Tag.octetString, id.issuerNameHash),
        element(Tag.octetString, id.issuerKeyHash),
        element(Tag.integer, id.serialNumber),
      ),
    );
  });
  const parts = [element(Tag.sequence, ...requests)];
  if (nonce !== null) {
    const value = element(Tag.octetString, element(Tag.octetString, nonce));
    const extension = element(Tag.sequence, element(Tag.objectIdentifier, nonceIdentifier), value);
    parts.push(element(0xa2, element(Tag.sequence, extension)));
  }
  return Uint8Array.from(element(Tag.sequence, element(Tag.sequence, ...parts)));
}

/** Reads one request that fills the bytes. @throws X509Error */
export function readOcspRequest(der: Uint8Array): OcspRequest {
  if (der.length > maximumRequestBytes)
    throw new X509Error('X509_INPUT_TOO_LARGE', maximumRequestBytes, 'an OCSP request beyond 64 KiB');
  const outer = new DerReader(der);
  const request = outer.enter(Tag.sequence);
  outer.finish();
  const tbs = request.enter(Tag.sequence);
  const signed = request.optional(0xa0);
  request.finish();
  if (tbs.peek() === 0xa0) {
    const version = tbs.enter(0xa0);
    const number = readSmallInteger(version);
    throw number === 0
      ? tbs.fault('X509_DER_DEFAULT_ENCODED', tbs.start, 'DER does not encode DEFAULT v1')
      : tbs.fault('X509_VERSION_INVALID', tbs.start, `version ${number + 1} does not exist`);
  }
  tbs.optional(0xa1);
  const list = tbs.enter(Tag.sequence);
  if (list.done) throw list.fault('X509_SEQUENCE_EMPTY', list.position, 'a request that asks nothing');
  const ids: CertificateId[] = [];
  while (!list.done) {
    const single = list.enter(Tag.sequence);
    ids.push(readCertificateId(single));
    readExtensionsUnder(single, 0xa0);
    single.finish();
  }
  const extensions = readExtensionsUnder(tbs, 0xa2);
  tbs.finish();
  return { ids, nonce: nonceOf(extensions), extensions, signed };
}

/** One element in DER. */
function element(tag: number, ...contents: readonly ArrayLike<number>[]): number[] {
  const content = contents.flatMap((part) => Array.from(part));
  const { length } = content;
  if (length < 0x80) return [tag, length, ...content];
  return length < 0x100 ? [tag, 0x81, length, ...content] : [tag, 0x82, length >> 8, length & 0xff, ...content];
}
