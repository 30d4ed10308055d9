/** For tests of the gate: a real first flight, recorded from a TLS server in memory, and the means to cut and forge it. */
import { generateKeyPairSync } from 'node:crypto';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { connect, createServer } from 'node:tls';
import { once } from 'node:events';
import { issueCertificate } from '@sallyport/sandbox';
import type { Identity } from '@sallyport/sandbox';
import { messagesOf, record } from './tls-records.ts';

export interface RecordingOptions {
  readonly requestCertificate: boolean;
  /** OpenSSL's name of the one suite. */
  readonly suite: string;
}

export interface Recording {
  /** The handshake messages of the flight, whole, in order. */
  readonly messages: readonly Buffer[];
  /** All of them in one. */
  readonly stream: Buffer;
  readonly anchorPem: string;
}

const day = 86_400_000;

export function newKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

/** A root and a server certificate for `localhost` under it, valid around now. */
export function newServerIdentity(): { root: Identity; server: Identity } {
  const around = { notBefore: Date.now() - day, notAfter: Date.now() + day };
  const root = issueCertificate({ commonName: 'Root', ...around, purpose: { kind: 'root' } }, newKey(), null);
  const issuer = { commonName: 'Root', keyPem: root.keyPem, chainPem: '', pointers: null };
  const server = issueCertificate(
    { commonName: 'Server', ...around, purpose: { kind: 'server', dnsNames: ['localhost'] } },
    newKey(),
    issuer,
  );
  return { root, server };
}

/** Lets a real server answer a real ClientHello, and keeps what it says first. */
export async function recordFlight(options: RecordingOptions): Promise<Recording> {
  const { root, server } = newServerIdentity();
  const [near, far] = duplexPair();
  const tlsServer = createServer({
    cert: server.chainPem,
    key: server.keyPem,
    ca: root.certificatePem,
    requestCert: options.requestCertificate,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    ciphers: options.suite,
    dhparam: 'auto',
  });
  tlsServer.on('tlsClientError', () => undefined);
  const [wire, client] = duplexPair();
  const socket = connect({ socket: client, rejectUnauthorized: false, servername: 'localhost' });
  socket.on('error', () => undefined);
  const [hello] = (await once(wire, 'data')) as [Buffer];
  tlsServer.emit('connection', far as Duplex);
  near.write(hello);
  let bytes = Buffer.alloc(0);
  for await (const chunk of near as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    const messages = messagesOf(bytes);
    if (messages.at(-1)?.[0] !== 14) continue;
    socket.destroy();
    return { messages, stream: Buffer.concat(messages), anchorPem: root.certificatePem };
  }
  throw new Error('the server did not finish its flight');
}

/** Handshake bytes in records of at most 16 KiB. */
export function handshakeRecords(bytes: Buffer): Buffer {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 16_384) records.push(record(22, bytes.subarray(at, at + 16_384)));
  return Buffer.concat(records);
}

/** One handshake message. */
export function message(type: number, body: Uint8Array): Buffer {
  const header = Buffer.from([type, 0, 0, 0]);
  header.writeUIntBE(body.length, 1, 3);
  return Buffer.concat([header, body]);
}

export const alert = (level: 1 | 2, number: number): Buffer => record(21, Buffer.from([level, number]));
export const helloRequest: Buffer = record(22, message(0, Buffer.alloc(0)));
export const changeCipherSpec: Buffer = record(20, Buffer.from([1]));
export const applicationData: Buffer = record(23, Buffer.from('GET'));
export const emptyRecord: Buffer = record(22, Buffer.alloc(0));
