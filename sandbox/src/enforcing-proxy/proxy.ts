/**
 * The enforcer in front of the simulated Jira. It behaves as nginx does with `ssl_verify_client on`: it asks for a client
 * certificate in the handshake and finishes the handshake whatever comes; without an acceptable certificate every
 * request gets nginx's 400 page and the connection is closed. (HAProxy, Apache and Java send an alert instead; Node cannot do
 * that in TLS 1.2, so tests of alerts use the real programs.)
 */
import { constants } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import type { Identity } from '../demo-pki/certificate.ts';
import { ffdhe2048Pem } from './dh-group.ts';
import {
  certificateError,
  noCertificate,
  notForThisHost,
  nothingHere,
  refusalPage,
  uriTooLarge,
  type Refusal,
} from './refusal-page.ts';

/** What the enforcer shows and what it trusts; it can be replaced while it runs. */
export interface EnforcerIdentity {
  readonly server: readonly Identity[];
  /** The CAs whose client certificates are accepted; their names go into the CertificateRequest. */
  readonly clientAnchorsPem: string;
}

export interface ProxyOptions {
  readonly identity: EnforcerIdentity;
  readonly isRevoked: (serial: bigint) => boolean;
  readonly contextPath: string;
  /** Jira; it gets the subject of the client certificate for its ledger. */
  readonly forward: (request: IncomingMessage, response: ServerResponse, clientSubject: string) => void;
}

/** nginx, `large_client_header_buffers`. */
const longestUriBytes = 8190;

const suites = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256',
];

export class EnforcingProxy {
  readonly #server: Server;
  readonly #options: ProxyOptions;
  /** Connections begun before the last swap: their next answer ends them. */
  #generation = 0;
  readonly #generationOf = new WeakMap<object, number>();
  /** The verdict on a client certificate does not change while a connection lives. */
  readonly #verdicts = new WeakMap<
    object,
    { readonly refusal: Refusal } | { readonly subject: string; readonly serial: bigint }
  >();

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#server = createServer(
      {
        ...contextOptions(options.identity),
        requestCert: true,
        rejectUnauthorized: false,
        handshakeTimeout: 10_000,
        maxHeaderSize: 16_384,
      },
      (request, response) => this.#respond(request, response),
    );
    this.#server.on('secureConnection', (socket: TLSSocket) => this.#generationOf.set(socket, this.#generation));
    // A peer that gives up in the handshake is daily life here.
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.#server.keepAliveTimeout = 75_000;
  }

  /** Binds 127.0.0.1 and gives the port. Rejects with the system's error (`EADDRINUSE`). */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.removeListener('error', reject);
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  /** New connections see the new certificate and trust list at once; old ones end with their next answer. */
  setIdentity(identity: EnforcerIdentity): void {
    this.#server.setSecureContext(contextOptions(identity));
    this.#generation += 1;
    this.#server.closeIdleConnections();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    const socket = request.socket as TLSSocket;
    response.setHeader('x-sallyport-sandbox', 'SANDBOX: made-up data, demo certificates');
    response.setHeader('server', 'nginx');
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

  #judge(socket: TLSSocket): { readonly refusal: Refusal } | { readonly subject: string; readonly serial: bigint } {
    const known = this.#verdicts.get(socket);
    if (known !== undefined) return known;
    const certificate = socket.getPeerX509Certificate();
    const verdict =
      certificate === undefined
        ? { refusal: noCertificate }
        : socket.authorized
          ? { subject: certificate.subject.replaceAll('\n', ', '), serial: BigInt(`0x${certificate.serialNumber}`) }
          : { refusal: certificateError };
    this.#verdicts.set(socket, verdict);
    return verdict;
  }
}

function contextOptions({ server, clientAnchorsPem }: EnforcerIdentity): SecureContextOptions {
  return {
    key: server.map(({ keyPem }) => keyPem),
    cert: server.map(({ chainPem }) => chainPem),
    ca: clientAnchorsPem,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    ciphers: suites.join(':'),
    honorCipherOrder: true,
    ecdhCurve: 'X25519:P-256:P-384',
    dhparam: ffdhe2048Pem,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_TICKET,
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
