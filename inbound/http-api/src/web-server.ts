/** The one listening socket: HTTPS by policy, with its limits, and a certificate that can be changed while it runs. */
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import { serverOptions, type TlsPolicy } from '@sallyport/tls-policy';
import {
  lateRequestsCheckMilliseconds,
  limitConnections,
  type ConnectionLimits,
  type RefusedConnections,
} from './connection-limits.ts';

/** PEM texts; the end entity's certificate first. */
export interface ServerCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Where to listen: a port of all addresses, or a socket that the service manager passed (sd_listen_fds(3)). */
export type ListeningPlace = { readonly port: number } | { readonly fileDescriptor: number };

export interface WebServer {
  readonly server: Server;
  refused(): RefusedConnections;
  /** New connections see the new certificate, old ones go on. Throws when OpenSSL does not take it; then nothing changed. */
  changeCertificate(certificate: ServerCertificate): void;
}

const largestHeaderBytes = 16_384;

/** A server that does not listen yet. */
export function createWebServer(
  policy: TlsPolicy,
  certificate: ServerCertificate,
  limits: ConnectionLimits,
  answer: RequestListener,
  staple: () => Buffer | null = () => null,
): WebServer {
  // A context replaces the whole one before, so every option is given each time.
  const options = (current: ServerCertificate) => ({
    ...serverOptions(policy),
    cert: current.certificatePem,
    key: current.keyPem,
    ALPNProtocols: ['http/1.1'],
  });
  const server = createServer(
    {
      ...options(certificate),
      handshakeTimeout: limits.handshakeMilliseconds,
      maxHeaderSize: largestHeaderBytes,
      connectionsCheckingInterval: lateRequestsCheckMilliseconds,
      requireHostHeader: true,
      insecureHTTPParser: false,
    },
    answer,
  );
  // Asked at each handshake of a client that wants one (RFC 6066 §8).
  server.on(
    'OCSPRequest',
    (_certificate: Buffer, _issuer: Buffer, reply: (error: Error | null, answer: Buffer | null) => void) =>
      reply(null, staple()),
  );
  const refused = limitConnections(server, limits);
  // Scanners and slow clients; the socket is closed by Node.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return { server, refused, changeCertificate: (next) => server.setSecureContext(options(next)) };
}

/** Thrown where the port is taken, or may not be bound. */
export class ListenError extends Error {
  readonly code: 'port-taken' | 'listen-refused';
  constructor(place: ListeningPlace, cause: NodeJS.ErrnoException) {
    const where = 'port' in place ? `port ${place.port}` : `the passed socket ${place.fileDescriptor}`;
    super(
      cause.code === 'EADDRINUSE'
        ? `${where} is taken by another program. Stop it, or set SALLYPORT_PORT.`
        : `cannot listen on ${where}: ${cause.message}`,
    );
    this.code = cause.code === 'EADDRINUSE' ? 'port-taken' : 'listen-refused';
  }
}

const backlog = 512;

/** Begins to accept; gives the port. */
export function beginListening(server: Server, place: ListeningPlace): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(new ListenError(place, error));
    server.once('error', refuse);
    server.listen('port' in place ? { port: place.port, backlog } : { fd: place.fileDescriptor, backlog }, () => {
      server.removeListener('error', refuse);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
