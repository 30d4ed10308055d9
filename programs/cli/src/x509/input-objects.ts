/** What a file or the standard input holds: PEM blocks, DER, PKCS#7 or PKCS#12, told apart by their content and never by the file's name. */
import { looksLikePkcs12, looksLikePkcs7, readPkcs12, readPkcs7File } from '@sallyport/key-files';
import {
  X509Error,
  readCertificate,
  readCertificationRequest,
  readCrl,
  readOcspRequest,
  readOcspResponse,
  readPem,
} from '@sallyport/x509';
import type { Certificate, CertificationRequest, Crl, OcspRequest, OcspResponse } from '@sallyport/x509';
import { shapeOf } from './object-shape.ts';

/** Bytes; CRLs of public authorities reach some ten million, and what is larger is refused by the readers anyway. */
const maximumCrlBytes = 512 * 1024 * 1024;

export type InputObject =
  | { readonly kind: 'certificate'; readonly der: Uint8Array; readonly certificate: Certificate }
  | { readonly kind: 'crl'; readonly der: Uint8Array; readonly crl: Crl }
  | { readonly kind: 'ocsp-response'; readonly der: Uint8Array; readonly response: OcspResponse }
  | { readonly kind: 'ocsp-request'; readonly der: Uint8Array; readonly request: OcspRequest }
  | { readonly kind: 'certification-request'; readonly der: Uint8Array; readonly request: CertificationRequest };

type Kind = InputObject['kind'];

const readers: Readonly<Record<Kind, (der: Uint8Array) => InputObject>> = {
  certificate: (der) => ({ kind: 'certificate', der, certificate: readCertificate(der) }),
  crl: (der) => ({ kind: 'crl', der, crl: readCrl(der, { maximumBytes: maximumCrlBytes }) }),
  'ocsp-response': (der) => ({ kind: 'ocsp-response', der, response: readOcspResponse(der) }),
  'certification-request': (der) => ({ kind: 'certification-request', der, request: readCertificationRequest(der) }),
  'ocsp-request': (der) => ({ kind: 'ocsp-request', der, request: readOcspRequest(der) }),
};
const kinds = Object.keys(readers) as Kind[];

const kindByLabel: Readonly<Record<string, Kind | 'pkcs7'>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'X509 CRL': 'crl',
  'OCSP RESPONSE': 'ocsp-response',
  'OCSP REQUEST': 'ocsp-request',
  'CERTIFICATE REQUEST': 'certification-request',
  'NEW CERTIFICATE REQUEST': 'certification-request',
  PKCS7: 'pkcs7',
  CMS: 'pkcs7',
};

/**
 * Everything in the bytes. Keys and other PEM blocks are passed over.
 * @param password for PKCS#12 @param expected what bare DER is taken for; absent: it is found out
 * @throws X509Error, KeyFileError
 */
export function readInput(bytes: Uint8Array, password: string, expected: Kind | null = null): readonly InputObject[] {
  if (!isPem(bytes)) return readDer(bytes, password, expected);
  return readPem(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')).flatMap(
    ({ label, der }) => {
      const kind = kindByLabel[label];
      if (kind === undefined) return [];
      return kind === 'pkcs7' ? readBundle(der) : [readers[kind](der)];
    },
  );
}

function readDer(der: Uint8Array, password: string, expected: Kind | null): readonly InputObject[] {
  if (looksLikePkcs12(der))
    return readPkcs12(der, password).certificates.map((certificate) => readers.certificate(certificate));
  if (looksLikePkcs7(der)) return readBundle(der);
  if (expected !== null) return [readers[expected](der)];
  const shape = shapeOf(der);
  // The kind that it looks like knows best what is wrong with it; without one, the reader that came farthest does.
  let telling: X509Error | null = null;
  for (const kind of shape === null ? kinds : [shape, ...kinds.filter((one) => one !== shape)]) {
    try {
      return [readers[kind](der)];
    } catch (error) {
      if (!(error instanceof X509Error)) throw error;
      if (telling === null || (shape === null && error.position > telling.position)) telling = error;
    }
  }
  throw telling ?? new X509Error('X509_DER_TRUNCATED', 0, 'nothing to read');
}

function readBundle(ber: Uint8Array): readonly InputObject[] {
  const { certificates, crls } = readPkcs7File(ber);
  return [...certificates.map((one) => readers.certificate(one)), ...crls.map((one) => readers.crl(one))];
}

/** DER begins with a tag of 0x30; a PEM may have any text before its first block. */
function isPem(bytes: Uint8Array): boolean {
  const mark = Buffer.from('-----BEGIN ', 'latin1');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024));
  return head.includes(mark) && !(bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80);
}
