/**
 * The enforcer in front of the simulated Jira. It behaves as nginx does with `ssl_verify_client on`: it asks for a client
 * certificate in the handshake and finishes the handshake whatever comes; without an acceptable certificate every
 * request gets nginx's 400 page and the connection is closed. (HAProxy, Apache and Java send an alert instead; Node cannot do
 * that in TLS 1.2, so tests of alerts use the real programs.)
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import type { EnforcerSettings } from './enforcer-settings.ts';
import { judgeClient, type ClientVerdict } from './judge-client.ts';
import {
  certificateError,
  noCertificate,
  notForThisHost,
  nothingHere,
  refusalPage,
  uriTooLarge,
  type Refusal,
} from './refusal-page.ts';

export interface ProxyOptions {
  readonly settings: EnforcerSettings;
  readonly isRevoked: (serial: bigint) => boolean;
  readonly contextPath: string;
  /** Jira; it gets the subject of the client certificate for its ledger. */
  readonly forward: (request: IncomingMessage, response: ServerResponse, clientSubject: string) => void;
}

/** nginx, `large_client_header_buffers`. */
const longestUriBytes = 8190;

export class EnforcingProxy {
  readonly #listener: Server;
  /** Whether a certificate is asked for in the handshake cannot be changed while a TLS server runs: there are two. */
  readonly #asking: HttpsServer;
  readonly #silent: HttpsServer;
  readonly #options: ProxyOptions;
  #settings: EnforcerSettings;
  /** Connections begun before the last swap: their next answer ends them. */
  #generation = 0;
  readonly #generationOf = new WeakMap<object, number>();
  /** Kept after an answer; a server that does not listen itself has no list of them. */
  readonly #idle = new Set<TLSSocket>();
  /** The verdict on a client certificate does not change while a connection lives. */
  readonly #verdicts = new WeakMap<object, ClientVerdict>();

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#asking = this.#tlsServer(true);
    this.#silent = this.#tlsServer(false);
    this.#listener = createServer((socket) => {
      (this.#settings.asks === 'handshake' ? this.#asking : this.#silent).emit('connection', socket);
    });
  }

  /** Binds 127.0.0.1 and gives the port. Rejects with the system's error (`EADDRINUSE`). */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#listener.once('error', reject);
      this.#listener.listen(port, '127.0.0.1', () => {
        this.#listener.removeListener('error', reject);
        const address = this.#listener.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  /** New connections see the new certificate, trust list and whatever else changed at once; old ones end with their next answer. */
  setSettings(settings: EnforcerSettings): void {
    this.#settings = settings;
    for (const server of [this.#asking, this.#silent]) {
      server.setSecureContext(contextOptions(settings));
    }
    this.#generation += 1;
    for (const socket of this.#idle) socket.end();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#listener.close(() => resolve()));
    for (const server of [this.#asking, this.#silent]) {
      server.closeAllConnections();
      server.close();
    }
    await closed;
  }

  #tlsServer(requestCert: boolean): HttpsServer {
    const server = createHttpsServer(
      {
        ...contextOptions(this.#settings),
        requestCert,
        rejectUnauthorized: false,
        handshakeTimeout: 10_000,
        maxHeaderSize: 16_384,
      },
      (request, response) => this.#received(request, response),
    );
    server.on('secureConnection', (socket: TLSSocket) => {
      this.#generationOf.set(socket, this.#generation);
      socket.once('close', () => this.#idle.delete(socket));
    });
    // A peer that gives up in the handshake is daily life here.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.keepAliveTimeout = 75_000;
    return server;
  }

  /** Some enforcers ask for the certificate only now: by a second handshake. */
  #received(request: IncomingMessage, response: ServerResponse): void {
    const socket = request.socket as TLSSocket;
    this.#idle.delete(socket);
    response.once('finish', () => this.#idle.add(socket));
    if (this.#settings.asks !== 'request' || socket.getPeerX509Certificate() !== undefined)
      return this.#respond(request, response);
    socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) => {
      if (error === null) this.#respond(request, response);
      else socket.destroy();
    });
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    const socket = request.socket as TLSSocket;
    response.setHeader('x-sallyport-sandbox', 'SANDBOX: made-up data, demo certificates');
    response.setHeader('server', 'nginx');
    response.setHeader('date', new Date(Date.now() + this.#settings.clockAheadMilliseconds).toUTCString());
    if (this.#generationOf.get(socket) !== this.#generation) response.setHeader('connection', 'close');
    const path = request.url ?? '/';
    if (path.length > longestUriBytes) return refuse(response, uriTooLarge);
    const verdict = this.#judge(socket);
    if ('refusal' in verdict) return refuse(response, verdict.refusal);
    if (this.#options.isRevoked(verdict.serial)) return refuse(response, certificateError);
    if (!isSandboxHost(request.headers.host)) return refuse(response, notForThisHost);
    const { contextPath } = this.#options;
    if (path === '/' || path === contextPath) {
      response.writeHead(302, { location: `${contextPath}/` }).end();
      return;
    }
    if (!path.startsWith(`${contextPath}/`)) return refuse(response, nothingHere);
    this.#options.forward(request, response, verdict.subject);
  }

  #judge(socket: TLSSocket): ClientVerdict {
    const known = this.#verdicts.get(socket);
    if (known !== undefined) return known;
    const verdict =
      this.#settings.asks === 'never' ? { refusal: noCertificate } : judgeClient(socket, this.#settings, Date.now());
    this.#verdicts.set(socket, verdict);
    return verdict;
  }
}

function contextOptions({ server, clientAnchorsPem, tls }: EnforcerSettings): SecureContextOptions {
  return {
    ...tls,
    key: server.map(({ keyPem }) => keyPem),
    cert: server.map(({ chainPem }) => chainPem),
    ca: clientAnchorsPem,
  };
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  const page = refusalPage(refusal);
  response
    .writeHead(refusal.status, {
      'content-type': 'text/html',
      'content-length': Buffer.byteLength(page),
      connection: 'close',
    })
    .end(page);
}

/** A guard against being put in front of something real: only names that can belong to nobody. */
function isSandboxHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name === '127.0.0.1' || name.endsWith('.example');
}
