/** The far side of a dial, for tests: a small authority, TLS servers, and a wire between that records what we send and forges what they send. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { after } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { issueCertificate } from '@sallyport/sandbox';
import type { Identity } from '@sallyport/sandbox';
import { GenerationDispatcher, readAnchors } from '@sallyport/tls-dialer';
import type { ClientCertificate, DialTarget, EvidenceSink, GenerationDispatcherOptions } from '@sallyport/tls-dialer';
import { tls12Six } from '@sallyport/tls-policy';
import { messagesOf } from './tls-records.ts';

const day = 86_400_000;

export type KeyKind = 'ec' | 'rsa' | 'rsa-1024';

export function newKey(kind: KeyKind = 'ec'): string {
  const { privateKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export interface IssueOptions {
  readonly key?: KeyKind;
  readonly commonName?: string;
  readonly names?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
}

/** A root that issues certificates for servers and clients. */
export class Authority {
  readonly root: Identity;
  readonly #name: string;

  constructor(name = 'Test Root', key: KeyKind = 'ec') {
    this.#name = name;
    this.root = issueCertificate(
      { commonName: name, ...period(-365, 365), purpose: { kind: 'root' } },
      newKey(key),
      null,
    );
  }

  server(options: IssueOptions = {}): Identity {
    return this.#issue(options, { kind: 'server', dnsNames: options.names ?? ['localhost'], ipv4: ['127.0.0.1'] });
  }

  client(options: IssueOptions = {}): Identity {
    return this.#issue(options, { kind: 'client', dnsNames: options.names ?? ['client.example'] });
  }

  #issue(options: IssueOptions, purpose: Parameters<typeof issueCertificate>[0]['purpose']): Identity {
    return issueCertificate(
      { commonName: options.commonName ?? 'leaf', ...period(options.from ?? -1, options.until ?? 30), purpose },
      newKey(options.key),
      { commonName: this.#name, keyPem: this.root.keyPem, chainPem: '', pointers: null },
    );
  }
}

export function clientCertificate(identity: Identity): ClientCertificate {
  return { certificatePem: identity.chainPem, keyPem: identity.keyPem };
}

/** A target at loopback under the default policy. */
export function targetAt(port: number, authority: Authority, changes: Partial<DialTarget> = {}): DialTarget {
  const answer = readAnchors(authority.root.certificatePem);
  if (!answer.ok) throw new Error(answer.message);
  return {
    host: 'localhost',
    port,
    connectTo: { host: '127.0.0.1', port },
    policy: tls12Six,
    anchors: answer.anchors,
    allowPrivate: true,
    revocation: 'soft',
    clientCertificate: null,
    at: null,
    deadlineMilliseconds: 10_000,
    ...changes,
  };
}

/** Requests over judged sockets, as a connector makes them. */
export function dispatcherTo(
  target: () => DialTarget,
  {
    sink,
    generation = 0,
    ...options
  }: Omit<GenerationDispatcherOptions, 'first'> & {
    readonly sink: EvidenceSink;
    readonly generation?: number;
  },
): GenerationDispatcher {
  return new GenerationDispatcher({ ...options, first: { number: generation, target, sink } });
}

export interface RunningServer {
  readonly port: number;
  /** Certificates of clients whose handshake was completed: serial numbers, or null where none was shown. */
  readonly clients: readonly (string | null)[];
  /** Bytes of requests that arrived decrypted. */
  readonly requests: readonly string[];
  readonly sockets: readonly TLSSocket[];
  /** Of each completed handshake: whether it resumed a session. */
  readonly resumed: readonly boolean[];
  readonly close: () => Promise<void>;
}

/** A TLS server that answers each request with HTTP 200, or does with each socket what it is told. */
export async function startTlsServer(
  options: TlsOptions,
  serve: (socket: TLSSocket, request: string) => void = answerOk,
): Promise<RunningServer> {
  const clients: (string | null)[] = [];
  const requests: string[] = [];
  const sockets: TLSSocket[] = [];
  const resumed: boolean[] = [];
  const server = createTlsServer(options, (socket) => {
    clients.push(socket.getPeerX509Certificate()?.serialNumber ?? null);
    sockets.push(socket);
    resumed.push(socket.isSessionReused());
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      requests.push(bytes.toString('latin1'));
      serve(socket, bytes.toString('latin1'));
    });
  });
  server.on('tlsClientError', () => undefined);
  return { ...(await listening(server)), clients, requests, sockets, resumed };
}

function answerOk(socket: TLSSocket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
}

export interface Wire {
  readonly port: number;
  /** What each of our connections sent, in order of connection. */
  readonly sent: () => readonly Buffer[];
  readonly close: () => Promise<void>;
}

/** What the wire does with the far side's first flight: pieces to send, and then to end, to fall silent, or to join both sides. */
export interface Forgery {
  readonly pieces: readonly Buffer[];
  readonly then: 'end' | 'silence' | 'join';
}

/** A wire to a server that hands its whole first flight (up to ServerHelloDone) to `forge`. */
export async function startWire(serverPort: number, forge: (flight: Buffer) => Forgery): Promise<Wire> {
  const sent: Buffer[] = [];
  const server = createTcpServer((near) => {
    const index = sent.push(Buffer.alloc(0)) - 1;
    const far = connectTcp(serverPort, '127.0.0.1');
    let flight: Buffer | null = Buffer.alloc(0);
    near.on('error', () => undefined);
    far.on('error', () => undefined);
    near.on('data', (bytes: Buffer) => {
      sent[index] = Buffer.concat([sent[index] ?? Buffer.alloc(0), bytes]);
      far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (flight === null) {
        near.write(bytes);
        return;
      }
      flight = Buffer.concat([flight, bytes]);
      if (messagesOf(flight).at(-1)?.[0] !== 14) return;
      const { pieces, then } = forge(flight);
      flight = null;
      for (const piece of pieces) near.write(piece);
      if (then === 'end') near.end();
      if (then !== 'join') far.removeAllListeners('data').resume();
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.end());
  });
  return { ...(await listening(server)), sent: () => sent };
}

/** A server that says nothing of its own accord; `serve` has the socket. */
export async function startTcpServer(serve: (socket: Socket) => void): Promise<Wire> {
  const sent: Buffer[] = [];
  const server = createTcpServer((socket) => {
    const index = sent.push(Buffer.alloc(0)) - 1;
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      sent[index] = Buffer.concat([sent[index] ?? Buffer.alloc(0), bytes]);
    });
    serve(socket);
  });
  return { ...(await listening(server)), sent: () => sent };
}

/** Servers that a test which failed left open would keep the process alive. */
const leftOpen = new Set<() => Promise<void>>();
after(async () => {
  for (const close of leftOpen) await close();
});

async function listening(server: Server): Promise<{ port: number; close: () => Promise<void> }> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    leftOpen.delete(close);
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  leftOpen.add(close);
  return { port: (server.address() as AddressInfo).port, close };
}

function period(from: number, until: number): { notBefore: number; notAfter: number } {
  return { notBefore: Date.now() + from * day, notAfter: Date.now() + until * day };
}
