/**
 * A certificate for one run, signed by itself and by nobody else, with a published name: whoever sees it in a log knows who asked, and an
 * enforcer that takes it verifies nothing.
 */
import { generateKeyPair, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { ClientCertificate } from '@sallyport/tls-dialer';
import { writePem } from '@sallyport/x509';

/** Subject and issuer of every throw-away certificate; printed in docs/doctor.md. */
export const throwAwayName = { organisation: 'Sallyport', commonName: 'Sallyport doctor throw-away probe' } as const;

const minutesBefore = 5;
const minutesAfter = 15;
const rsaBits = 2048;

/** @param kind of key: a far side that takes RSA certificates only must not refuse it for that. */
export async function makeThrowAwayCertificate(kind: 'ec' | 'rsa', now: number): Promise<ClientCertificate> {
  const { publicKey, privateKey } = await makeKeys(kind);
  const algorithm = sequence(
    identifier(kind === 'ec' ? '1.2.840.10045.4.3.2' : '1.2.840.113549.1.1.11'),
    ...(kind === 'ec' ? [] : [element(0x05)]),
  );
  const name = sequence(
    set(sequence(identifier('2.5.4.10'), element(0x0c, Buffer.from(throwAwayName.organisation)))),
    set(sequence(identifier('2.5.4.3'), element(0x0c, Buffer.from(throwAwayName.commonName)))),
  );
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const tbs = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, serial),
    algorithm,
    name,
    sequence(time(now - minutesBefore * 60_000), time(now + minutesAfter * 60_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(
      0xa3,
      sequence(
        // keyUsage digitalSignature, critical; extendedKeyUsage clientAuth: nothing but its signature is wrong with it.
        sequence(
          identifier('2.5.29.15'),
          element(0x01, Buffer.from([0xff])),
          element(0x04, element(0x03, Buffer.from([7, 0x80]))),
        ),
        sequence(identifier('2.5.29.37'), element(0x04, sequence(identifier('1.3.6.1.5.5.7.3.2')))),
      ),
    ),
  );
  const signature = sign('sha256', tbs, privateKey);
  const der = sequence(tbs, algorithm, element(0x03, Buffer.from([0]), signature));
  return {
    certificatePem: writePem('CERTIFICATE', der),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const makePair = promisify(generateKeyPair);

async function makeKeys(kind: 'ec' | 'rsa'): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return kind === 'ec'
    ? await makePair('ec', { namedCurve: 'P-256' })
    : await makePair('rsa', { modulusLength: rsaBits });
}

function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
  return element(0x30, ...contents);
}

function set(...contents: readonly Uint8Array[]): Buffer {
  return element(0x31, ...contents);
}

function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [first * 40 + second];
  for (const arc of rest) {
    const group = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) group.unshift((left & 0x7f) | 0x80);
    octets.push(...group);
  }
  return element(0x06, Buffer.from(octets));
}

/** UTCTime: such a certificate never lives into 2050. */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  return element(0x17, Buffer.from(digits.slice(2)));
}
