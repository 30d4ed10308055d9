/** PKCS#10 (RFC 2986) for a key that was made here, in the few bytes of DER that it takes. */
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { WantedCertificate } from '@sallyport/store';

const oid = {
  country: '0603550406',
  organization: '060355040a',
  commonName: '0603550403',
  extensionRequest: '06092a864886f70d01090e',
  keyUsage: '0603551d0f',
  extendedKeyUsage: '0603551d25',
  clientAuth: '06082b06010505070302',
  subjectAltName: '0603551d11',
  ecdsaWithSha256: '06082a8648ce3d040302',
  ecdsaWithSha384: '06082a8648ce3d040303',
  sha256WithRsa: '06092a864886f70d01010b',
} as const;
const tag = { bitString: 0x03, octetString: 0x04, utf8: 0x0c, printable: 0x13, sequence: 0x30, set: 0x31 } as const;

/** DER of the request, signed with the key itself. */
export function writeCertificationRequest(wanted: WantedCertificate, key: KeyObject): Buffer {
  const spki = createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'spki', format: 'der' });
  const { commonName, organization, country } = wanted;
  const name = sequence(
    ...(country === null ? [] : [attribute(oid.country, tag.printable, country)]),
    ...(organization === null ? [] : [attribute(oid.organization, tag.utf8, organization)]),
    attribute(oid.commonName, tag.utf8, commonName),
  );
  const attributes = element(
    0xa0,
    sequence(hex(oid.extensionRequest), element(tag.set, sequence(...extensions(wanted.dnsNames)))),
  );
  const info = sequence(hex('020100'), name, spki, attributes);
  const hash = wanted.keyType === 'p384' ? 'sha384' : 'sha256';
  return sequence(info, algorithm(wanted.keyType), element(tag.bitString, Buffer.of(0), sign(hash, info, key)));
}

function extensions(dnsNames: readonly string[]): Buffer[] {
  const names = dnsNames.map((name) => element(0x82, Buffer.from(name, 'latin1')));
  return [
    // digitalSignature: all that a handshake asks of a client's key.
    extension(oid.keyUsage, element(tag.bitString, Buffer.of(7, 0x80))),
    extension(oid.extendedKeyUsage, sequence(hex(oid.clientAuth))),
    ...(names.length === 0 ? [] : [extension(oid.subjectAltName, sequence(...names))]),
  ];
}

function algorithm(keyType: WantedCertificate['keyType']): Buffer {
  if (keyType === 'rsa3072') return sequence(hex(oid.sha256WithRsa), hex('0500'));
  return sequence(hex(keyType === 'p384' ? oid.ecdsaWithSha384 : oid.ecdsaWithSha256));
}

function extension(type: string, value: Buffer): Buffer {
  return sequence(hex(type), element(tag.octetString, value));
}

function attribute(type: string, form: number, text: string): Buffer {
  return element(tag.set, sequence(hex(type), element(form, Buffer.from(text, 'utf8'))));
}

function sequence(...content: readonly Buffer[]): Buffer {
  return element(tag.sequence, ...content);
}

/** Tag, definite length, content (X.690 §8.1.3). */
function element(identifier: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  const { length } = value;
  if (length < 0x80) return Buffer.concat([Buffer.of(identifier, length), value]);
  if (length < 0x100) return Buffer.concat([Buffer.of(identifier, 0x81, length), value]);
  return Buffer.concat([Buffer.of(identifier, 0x82, length >> 8, length & 0xff), value]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
