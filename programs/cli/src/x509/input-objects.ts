/** What a file or the standard input holds: PEM blocks, DER, PKCS#7 or PKCS#12, told apart by their content and never by the file's name. */
import {
  X509Error,
  readCertificate,
  readCertificationRequest,
  readCrl,
  readOcspRequest,
  readOcspResponse,
  readPem,
  readPkcs7,
} from '@sallyport/x509';
import type { Certificate, CertificationRequest, Crl, OcspRequest, OcspResponse } from '@sallyport/x509';
import { derOfBer } from './ber.ts';
import type { KeepsContent } from './ber.ts';
import { shapeOf } from './object-shape.ts';
import { looksLikePkcs12, readPkcs12 } from './pkcs12.ts';

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
 * @throws X509Error, Pkcs12Error
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
  if (looksLikePkcs12(der)) return readPkcs12(der, password).map((certificate) => readers.certificate(certificate));
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

/** In ContentInfo, its [0] and SignedData stand certificates as [0] and CRLs as [1]: they are DER in any case. */
const carriesObjects: KeepsContent = (tag, depth) => depth === 3 && (tag === 0xa0 || tag === 0xa1);

function readBundle(ber: Uint8Array): readonly InputObject[] {
  const { certificates, crls } = readPkcs7(derOfBer(ber, carriesObjects));
  return [...certificates.map((one) => readers.certificate(one)), ...crls.map((one) => readers.crl(one))];
}

/** SEQUENCE that begins with the identifier of SignedData. */
function looksLikePkcs7(der: Uint8Array): boolean {
  const type = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
  const length = der[1] ?? 0;
  const start = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return der[0] === 0x30 && type.every((byte, index) => der[start + index] === byte);
}

/** DER begins with a tag of 0x30; a PEM may have any text before its first block. */
function isPem(bytes: Uint8Array): boolean {
  const mark = Buffer.from('-----BEGIN ', 'latin1');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024));
  return head.includes(mark) && !(bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80);
}
