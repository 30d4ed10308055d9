/**
 * A certificate that signs itself, in the few bytes of DER (X.690) that it takes: ECDSA P-256 with SHA-256, for the
 * names of this machine. RFC 5280 §4.1.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { ServerCertificate } from '@sallyport/http-api';
import { writePem } from '@sallyport/x509';

const oid = {
  commonName: '0603550403',
  organization: '060355040a',
  ecdsaWithSha256: '06082a8648ce3d040302',
  basicConstraints: '0603551d13',
  keyUsage: '0603551d0f',
  extendedKeyUsage: '0603551d25',
  serverAuth: '06082b06010505070301',
  subjectAltName: '0603551d11',
  subjectKeyIdentifier: '0603551d0e',
} as const;

/** Makes key and certificate for localhost, 127.0.0.1 and ::1; instants are epoch milliseconds. */
export function selfSigned(notBefore: number, notAfter: number): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const algorithm = sequence(hex(oid.ecdsaWithSha256));
  const name = sequence(
    relativeName(oid.commonName, 'localhost'),
    relativeName(oid.organization, 'Sallyport (made on this machine)'),
  );
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0); // positive, and of full length
  const tbs = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))), // version 3
    element(0x02, serial),
    algorithm,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    spki,
    element(0xa3, sequence(...extensions(spki))),
  );
  const signature = sign('sha256', tbs, privateKey);
  const der = sequence(tbs, algorithm, element(0x03, Buffer.of(0), signature));
  return {
    certificatePem: writePem('CERTIFICATE', der),
    keyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

function extensions(spki: Buffer): Buffer[] {
  const loopback6 = Buffer.alloc(16);
  loopback6.writeUInt8(1, 15);
  const names = sequence(
    element(0x82, Buffer.from('localhost', 'latin1')),
    element(0x87, Buffer.of(127, 0, 0, 1)),
    element(0x87, loopback6),
  );
  return [
    extension(oid.basicConstraints, true, sequence()),
    extension(oid.keyUsage, true, element(0x03, Buffer.of(7, 0x80))), // digitalSignature
    extension(oid.extendedKeyUsage, false, sequence(hex(oid.serverAuth))),
    extension(oid.subjectAltName, false, names),
    // RFC 7093 §2 (1): the left 160 bits of SHA-256 over the key.
    extension(
      oid.subjectKeyIdentifier,
      false,
      element(0x04, createHash('sha256').update(spki).digest().subarray(0, 20)),
    ),
  ];
}

function extension(type: string, critical: boolean, value: Buffer): Buffer {
  return sequence(hex(type), critical ? element(0x01, Buffer.of(0xff)) : Buffer.alloc(0), element(0x04, value));
}

function relativeName(type: string, text: string): Buffer {
  return element(0x31, sequence(hex(type), element(0x0c, Buffer.from(text, 'utf8'))));
}

/** UTCTime, good until 2049 (RFC 5280 §4.1.2.5.1). */
function time(instant: number): Buffer {
  const text = `${new Date(instant).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`;
  return element(0x17, Buffer.from(text, 'latin1'));
}

function sequence(...content: readonly Buffer[]): Buffer {
  return element(0x30, ...content);
}

/** Tag, definite length, content (X.690 §8.1.3). */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  const { length } = value;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), value]);
  if (length < 0x100) return Buffer.concat([Buffer.of(tag, 0x81, length), value]);
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 0xff), value]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
