/** The bodies of the encrypted messages of a TLS 1.3 server's first flight (RFC 8446 §4.3, §4.4), read strictly. */
import type { CertificateRequest } from '../flight.ts';
import { flightLimits } from '../flight.ts';
import { protocolError } from '../gate-failure.ts';
import { MessageCursor } from '../message-reader.ts';

export interface ShownChain {
  /** As sent, end entity first. */
  readonly chain: readonly Uint8Array[];
  /** OCSP response in DER that stands with the end entity; null for none. */
  readonly staple: Uint8Array | null;
}

const extension = { statusRequest: 5, signatureAlgorithms: 13, certificateAuthorities: 47 } as const;

/** §4.3.1: only the frame; the extensions are OpenSSL's to judge. */
export function readEncryptedExtensions(body: Uint8Array): void {
  const cursor = new MessageCursor(body, 'EncryptedExtensions');
  cursor.vector(2);
  cursor.finish();
}

/** §4.3.2. */
export function readCertificateRequest13(body: Uint8Array): CertificateRequest {
  const cursor = new MessageCursor(body, 'CertificateRequest');
  if (cursor.vector(1).length !== 0) throw protocolError('CertificateRequest holds a context in the handshake.');
  const extensions = new MessageCursor(cursor.vector(2), 'CertificateRequest');
  cursor.finish();
  const signatureSchemes: number[] = [];
  const authorities: Uint8Array[] = [];
  while (!extensions.done) {
    const kind = extensions.number(2);
    const content = new MessageCursor(extensions.vector(2), 'CertificateRequest');
    if (kind === extension.signatureAlgorithms) {
      const schemes = new MessageCursor(content.vector(2), 'CertificateRequest');
      while (!schemes.done) signatureSchemes.push(schemes.number(2));
    } else if (kind === extension.certificateAuthorities) {
      const names = new MessageCursor(content.vector(2), 'CertificateRequest');
      while (!names.done) authorities.push(names.vector(2));
    }
  }
  // The types of TLS 1.2 have no place any more.
  return { certificateTypes: [], signatureSchemes, authorities };
}

/** §4.4.2. */
export function readCertificate13(body: Uint8Array): ShownChain {
  const cursor = new MessageCursor(body, 'Certificate');
  if (cursor.vector(1).length !== 0) throw protocolError('Certificate holds a context in the handshake.');
  const list = new MessageCursor(cursor.vector(3), 'Certificate');
  cursor.finish();
  const chain: Uint8Array[] = [];
  let staple: Uint8Array | null = null;
  let octets = 0;
  while (!list.done) {
    if (chain.length === flightLimits.certificates)
      throw protocolError(`The chain has more than ${flightLimits.certificates} certificates.`);
    const certificate = list.vector(3);
    if (certificate.length === 0) throw protocolError('The chain holds an empty certificate.');
    octets += certificate.length;
    if (octets > flightLimits.chainBytes)
      throw protocolError(`The chain has more than ${flightLimits.chainBytes} bytes.`);
    const status = readStatus(list.vector(2));
    if (chain.length === 0) staple = status;
    chain.push(certificate);
  }
  if (chain.length === 0) throw protocolError('The far side sent no certificate.');
  return { chain, staple };
}

/** §4.4.2.1: the extension holds a CertificateStatus. */
function readStatus(extensions: Uint8Array): Uint8Array | null {
  const cursor = new MessageCursor(extensions, 'Certificate');
  let staple: Uint8Array | null = null;
  while (!cursor.done) {
    const kind = cursor.number(2);
    const content = new MessageCursor(cursor.vector(2), 'Certificate');
    if (kind !== extension.statusRequest) continue;
    if (content.number(1) !== 1) throw protocolError('CertificateStatus is of an unknown type.');
    staple = content.vector(3);
    content.finish();
    if (staple.length === 0) throw protocolError('CertificateStatus is empty.');
  }
  return staple;
}
