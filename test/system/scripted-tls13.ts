/** A server of TLS 1.3 that says what a test wants it to say, under keys that are right: X25519 and TLS_AES_128_GCM_SHA256 (RFC 8446). */
import {
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { Socket } from 'node:net';
import { startTcpServer } from './far-side.ts';
import { record, recordsOf } from './tls-records.ts';
import type { Wire } from './far-side.ts';

/** Tools for the messages of one handshake. */
export interface Script {
  /** Signs what has been said so far, as CertificateVerify with ecdsa_secp256r1_sha256. */
  readonly certificateVerify: (keyPem: string) => Buffer;
  readonly finished: () => Buffer;
}

const groupX25519 = 29;
const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const hmac = (key: Buffer, text: Buffer): Buffer => createHmac('sha256', key).update(text).digest();

/** A message with its header. */
export function message(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), sized(3, body)]);
}

/** A vector with its length in front. */
export function sized(octets: 1 | 2 | 3, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(octets);
  length.writeUIntBE(body.length, 0, octets);
  return Buffer.concat([length, body]);
}

export const encryptedExtensions = message(8, sized(2));

/** Certificate of a chain in DER, with the extensions of its end entity. */
export function certificateMessage(chain: readonly Uint8Array[], extensions = Buffer.alloc(0)): Buffer {
  const entries = chain.map((der, index) =>
    Buffer.concat([sized(3, Buffer.from(der)), sized(2, index === 0 ? extensions : Buffer.alloc(0))]),
  );
  return message(11, Buffer.concat([sized(1), sized(3, ...entries)]));
}

/**
 * Each message in a record of its own; `say` is asked for them one after the other, until it gives null.
 * @param alert fatal alert for our second flight, under the keys of the application: how our certificate is refused
 */
export function startScriptedTls13(
  say: (script: Script, step: number) => Buffer | null,
  alert: number | null = null,
): Promise<Wire> {
  return startTcpServer((socket) => {
    let heard = Buffer.alloc(0);
    let refusal: Buffer | null = null;
    socket.on('data', (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      const records = recordsOf(heard);
      const hello = records[0]?.type === 22 ? records[0].payload : null;
      if (records.length === 0) return;
      heard = Buffer.alloc(0);
      if (hello !== null) refusal = answer(socket, hello, say, alert);
      // Our second flight is encrypted, behind a ChangeCipherSpec.
      else if (refusal !== null && records.some(({ type }) => type === 23)) socket.write(refusal);
    });
  });
}

function answer(
  socket: Socket,
  clientHello: Buffer,
  say: (script: Script, step: number) => Buffer | null,
  alert: number | null,
): Buffer | null {
  const own = generateKeyPairSync('x25519');
  const ownShare = Buffer.from(own.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const { sessionId, share } = readClientHello(clientHello);
  const theirs = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x: share.toString('base64url') } });
  const extensions = Buffer.concat([
    Buffer.from([0, 43, 0, 2, 3, 4, 0, 51]),
    sized(2, Buffer.from([0, groupX25519]), sized(2, ownShare)),
  ]);
  const serverHello = message(
    2,
    Buffer.concat([
      Buffer.from([3, 3]),
      randomBytes(32),
      sized(1, sessionId),
      Buffer.from([0x13, 0x01, 0]),
      sized(2, extensions),
    ]),
  );
  const early = hmac(Buffer.alloc(32), Buffer.alloc(32));
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: theirs });
  const secret = hmac(expand(early, 'derived', sha256(), 32), shared);
  const traffic = expand(secret, 's hs traffic', sha256(clientHello, serverHello), 32);
  const [key, iv] = [expand(traffic, 'key', Buffer.alloc(0), 16), expand(traffic, 'iv', Buffer.alloc(0), 12)];
  const said = [clientHello, serverHello];
  const script: Script = {
    certificateVerify: (keyPem) => {
      const text = Buffer.concat([
        Buffer.alloc(64, 0x20),
        Buffer.from('TLS 1.3, server CertificateVerify\0', 'latin1'),
        sha256(...said),
      ]);
      return message(15, Buffer.concat([Buffer.from([4, 3]), sized(2, sign('sha256', text, keyPem))]));
    },
    finished: () => message(20, hmac(expand(traffic, 'finished', Buffer.alloc(0), 32), sha256(...said))),
  };
  socket.write(record(22, serverHello));
  for (let step = 0; ; step++) {
    const next = say(script, step);
    if (next === null) break;
    said.push(next);
    socket.write(encrypted(next, 22, key, iv, step));
  }
  if (alert === null) return null;
  const master = hmac(expand(secret, 'derived', sha256(), 32), Buffer.alloc(32));
  const later = expand(master, 's ap traffic', sha256(...said), 32);
  const laterKeys = [expand(later, 'key', Buffer.alloc(0), 16), expand(later, 'iv', Buffer.alloc(0), 12)] as const;
  return encrypted(Buffer.from([2, alert]), 21, ...laterKeys, 0);
}

function encrypted(content: Buffer, type: number, key: Buffer, iv: Buffer, sequence: number): Buffer {
  const nonce = Buffer.from(iv);
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
  const inner = Buffer.concat([content, Buffer.from([type])]);
  const header = Buffer.from([23, 3, 3, 0, 0]);
  header.writeUInt16BE(inner.length + 16, 3);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(inner), cipher.final(), cipher.getAuthTag()]);
}

/** HKDF-Expand-Label for at most one block. */
function expand(secret: Buffer, label: string, context: Buffer, octets: number): Buffer {
  const info = Buffer.concat([
    Buffer.from([0, octets]),
    sized(1, Buffer.from(`tls13 ${label}`, 'latin1')),
    sized(1, context),
    Buffer.from([1]),
  ]);
  return hmac(secret, info).subarray(0, octets);
}

function readClientHello(hello: Buffer): { sessionId: Buffer; share: Buffer } {
  let at = 4 + 2 + 32;
  const take = (octets: 1 | 2): Buffer => {
    const start = at + octets;
    at = start + hello.readUIntBE(at, octets);
    return hello.subarray(start, at);
  };
  const sessionId = take(1);
  take(2);
  take(1);
  const extensions = take(2);
  for (let place = 0; place + 4 <= extensions.length;) {
    const [type, length] = [extensions.readUInt16BE(place), extensions.readUInt16BE(place + 2)];
    // The first share is X25519's under our policies: list length, group, key length, key.
    if (type === 51) return { sessionId, share: extensions.subarray(place + 10, place + 42) };
    place += 4 + length;
  }
  throw new Error('the ClientHello holds no key share');
}
