/** OCSP response (RFC 6960 §4.2), read strictly. Says nothing about who signed it or whether it is in its window: see `judge-ocsp.ts`. */
import { readCertificate, readExtensionList } from '../certificate.ts';
import type { Certificate } from '../certificate.ts';
import { readOctetBits, readSmallInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readGeneralizedTime } from '../der/der-time.ts';
import { readObjectIdentifier } from '../der/object-identifier.ts';
import type { Extension } from '../extensions/extension.ts';
import { ExtensionSet } from '../extensions/extension-set.ts';
import type { UtcInstant } from '../instant.ts';
import { DistinguishedName } from '../name/distinguished-name.ts';
import { X509Error } from '../x509-error.ts';
import { readCertificateId } from './ocsp-certificate-id.ts';
import type { CertificateId } from './ocsp-certificate-id.ts';
import { isReason } from './reason.ts';

/** Bytes; a response with a chain and a few answers has some thousand. */
const maximumOcspBytes = 1024 * 1024;
/** More certificates in a response are refused. */
const maximumCertificates = 32;
const basicResponseType = '1.3.6.1.5.5.7.48.1.1';
export const nonceType = '1.3.6.1.5.5.7.48.1.2';

export type OcspStatus =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized';

const statuses: Readonly<Record<number, OcspStatus>> = {
  0: 'successful',
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
};

export interface SingleResponse {
  readonly id: CertificateId;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Null unless `revoked`. */
  readonly revocationDate: UtcInstant | null;
  readonly reason: number | null;
  readonly thisUpdate: UtcInstant;
  readonly nextUpdate: UtcInstant | null;
  readonly extensions: ExtensionSet;
}

export type ResponderId =
  | { readonly kind: 'name'; readonly name: DistinguishedName }
  /** SHA-1 of the responder's key (content of the BIT STRING). */
  | { readonly kind: 'key'; readonly keyHash: Uint8Array };

/** The signed part, and what signs it. */
export interface BasicOcspResponse {
  /** The part that is signed. */
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly responderId: ResponderId;
  readonly producedAt: UtcInstant;
  readonly responses: readonly SingleResponse[];
  readonly extensions: ExtensionSet;
  /** Content of the nonce's OCTET STRING; null where there is none. */
  readonly nonce: Uint8Array | null;
  /** Certificates that came along; what does not read as one is dropped. */
  readonly certificates: readonly Certificate[];
}

export interface OcspResponse {
  readonly status: OcspStatus;
  /** Null exactly where the status is not `successful`. */
  readonly basic: BasicOcspResponse | null;
}

/** Reads one response that fills the bytes. @throws X509Error */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  if (der.length > maximumOcspBytes)
    throw new X509Error('X509_INPUT_TOO_LARGE', maximumOcspBytes, 'an OCSP response beyond 1 MiB');
  const outer = new DerReader(der);
  const response = outer.enter(Tag.sequence);
  outer.finish();
  const code = readSmallInteger(response, Tag.enumerated);
  const status = statuses[code];
  if (status === undefined)
    throw response.fault('X509_OCSP_MALFORMED', response.start, `response status ${code} does not exist`);
  if (status !== 'successful') {
    // RFC 6960 §4.2.1: responseBytes are not set then.
    response.finish();
    return { status, basic: null };
  }
  const explicit = response.enter(0xa0);
  response.finish();
  const bytes = explicit.enter(Tag.sequence);
  explicit.finish();
  const type = readObjectIdentifier(bytes);
  if (type !== basicResponseType)
    throw bytes.fault('X509_OCSP_MALFORMED', bytes.start, `response type ${type} is not read here`);
  const value = bytes.enter(Tag.octetString);
  bytes.finish();
  const basic = readBasicResponse(value);
  value.finish();
  return { status, basic };
}

function readBasicResponse(value: DerReader): BasicOcspResponse {
  const sequence = value.enter(Tag.sequence);
  const data = sequence.enter(Tag.sequence);
  const tbs = sequence.element();
  const signatureAlgorithm = sequence.expect(Tag.sequence).element();
  const signature = readOctetBits(sequence);
  const certificates: Certificate[] = [];
  if (!sequence.done) {
    const explicit = sequence.enter(0xa0);
    const list = explicit.enter(Tag.sequence);
    explicit.finish();
    while (!list.done) {
      if (certificates.length === maximumCertificates)
        throw list.fault('X509_INPUT_TOO_LARGE', list.position, `more than ${maximumCertificates} certificates`);
      list.expect(Tag.sequence);
      const certificate = readableCertificate(list.element());
      if (certificate !== null) certificates.push(certificate);
    }
  }
  sequence.finish();

  if (data.peek() === 0xa0) {
    const version = data.enter(0xa0);
    const number = readSmallInteger(version);
    version.finish();
    throw number === 0
      ? data.fault('X509_DER_DEFAULT_ENCODED', data.start, 'DER does not encode DEFAULT v1')
      : data.fault('X509_VERSION_INVALID', data.start, `version ${number + 1} does not exist`);
  }
  const responderId = readResponderId(data);
  const producedAt = readGeneralizedTime(data).instant;
  const list = data.enter(Tag.sequence);
  const responses: SingleResponse[] = [];
  while (!list.done) responses.push(readSingleResponse(list.enter(Tag.sequence)));
  const extensions = readExtensionsUnder(data, 0xa1);
  data.finish();
  return {
    tbs,
    signatureAlgorithm,
    signature,
    responderId,
    producedAt,
    responses,
    extensions,
    nonce: nonceOf(extensions),
    certificates,
  };
}

function readResponderId(data: DerReader): ResponderId {
  const tag = data.next();
  const choice = data.inside();
  if (tag === 0xa1) {
    const name = new DistinguishedName(choice.expect(Tag.sequence).element(), choice.start);
    choice.finish();
    void name.relative;
    return { kind: 'name', name };
  }
  if (tag !== 0xa2)
    throw data.fault('X509_DER_TAG_UNEXPECTED', data.start, 'a responder that is named neither by name nor by key');
  const keyHash = choice.expect(Tag.octetString).content();
  choice.finish();
  if (keyHash.length !== 20) throw data.fault('X509_OCSP_MALFORMED', data.start, 'a key hash that is no SHA-1');
  return { kind: 'key', keyHash };
}

function readSingleResponse(single: DerReader): SingleResponse {
  const id = readCertificateId(single);
  const tag = single.next();
  let status: SingleResponse['status'];
  let revocationDate: UtcInstant | null = null;
  let reason: number | null = null;
  if (tag === 0x80 || tag === 0x82) {
    if (single.contentEnd !== single.contentStart)
      throw single.fault('X509_DER_NULL_INVALID', single.contentStart, 'a NULL with content');
    status = tag === 0x80 ? 'good' : 'unknown';
  } else if (tag === 0xa1) {
    const info = single.inside();
    status = 'revoked';
    revocationDate = readGeneralizedTime(info).instant;
    if (!info.done) {
      const explicit = info.enter(0xa0);
      reason = readSmallInteger(explicit, Tag.enumerated);
      explicit.finish();
      if (!isReason(reason)) throw info.fault('X509_OCSP_MALFORMED', info.start, 'a reason code that does not exist');
    }
    info.finish();
  } else
    throw single.fault('X509_DER_TAG_UNEXPECTED', single.start, 'a status that is neither good, revoked nor unknown');
  const thisUpdate = readGeneralizedTime(single).instant;
  let nextUpdate: UtcInstant | null = null;
  if (single.peek() === 0xa0) {
    const explicit = single.enter(0xa0);
    nextUpdate = readGeneralizedTime(explicit).instant;
    explicit.finish();
  }
  const extensions = readExtensionsUnder(single, 0xa1);
  single.finish();
  return { id, status, revocationDate, reason, thisUpdate, nextUpdate, extensions };
}

/** Extensions under an explicit tag, which may be absent; also of requests. */
export function readExtensionsUnder(reader: DerReader, tag: number): ExtensionSet {
  const extensions: Extension[] = [];
  if (reader.optional(tag)) {
    const explicit = reader.inside();
    const list = explicit.enter(Tag.sequence);
    explicit.finish();
    readExtensionList(list, extensions);
  }
  return new ExtensionSet(reader.bytes, extensions);
}

/** RFC 8954 §2.1: an OCTET STRING inside the extension's value. */
export function nonceOf(extensions: ExtensionSet): Uint8Array | null {
  const extension = extensions.find(nonceType);
  const value = extensions.valueOf(nonceType);
  if (extension === null || value === null) return null;
  try {
    const reader = new DerReader(value);
    reader.expect(Tag.octetString);
    reader.finish();
    return reader.content();
  } catch (error) {
    throw error instanceof X509Error ? error.shifted(extension.start) : error;
  }
}

function readableCertificate(der: Uint8Array): Certificate | null {
  try {
    const certificate = readCertificate(der);
    void certificate.publicKey;
    return certificate;
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}
