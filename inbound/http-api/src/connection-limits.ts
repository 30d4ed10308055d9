/** What plain Node leaves open to slow or greedy clients, closed: caps on sockets, and a deadline for each handshake. */
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface ConnectionLimits {
  /** Open sockets of one address; of one /64 network for IPv6. */
  readonly perAddress: number;
  /** Open sockets in all. */
  readonly inAll: number;
  /** From the first packet to the end of the TLS handshake; activity does not prolong it (milliseconds). */
  readonly handshakeMilliseconds: number;
  /** From the end of the handshake, or of the request before, until all headers are there (milliseconds). */
  readonly headersMilliseconds: number;
  /** Until the whole request is there (milliseconds). */
  readonly requestMilliseconds: number;
  /** An idle socket is kept this long (milliseconds). */
  readonly keepAliveMilliseconds: number;
}

export const defaultConnectionLimits: ConnectionLimits = {
  perAddress: 100,
  inAll: 2_000,
  handshakeMilliseconds: 10_000,
  headersMilliseconds: 12_000,
  requestMilliseconds: 30_000,
  keepAliveMilliseconds: 10_000,
};

/** How often the server looks for requests that are late: with the header deadline it stays below 15 s (milliseconds). */
export const lateRequestsCheckMilliseconds = 1_000;
/** Requests on one socket; then the client connects anew. */
const mostRequestsPerSocket = 10_000;
const mostHeaders = 100;

/** Counts of what was refused since the start. */
export interface RefusedConnections {
  readonly overCap: number;
  readonly slowHandshakes: number;
}

/** Puts the limits on `server`, before it accepts anything. Gives what was refused so far when asked. */
export function limitConnections(server: Server, limits: ConnectionLimits): () => RefusedConnections {
  server.headersTimeout = limits.headersMilliseconds;
  server.requestTimeout = limits.requestMilliseconds;
  server.keepAliveTimeout = limits.keepAliveMilliseconds;
  server.maxRequestsPerSocket = mostRequestsPerSocket;
  server.maxHeadersCount = mostHeaders;
  server.maxConnections = limits.inAll;
  const open = new Map<string, number>();
  const handshakes = new Map<string, NodeJS.Timeout>();
  let overCap = 0;
  let slowHandshakes = 0;
  server.on('drop', () => (overCap += 1));
  server.prependListener('connection', (socket: Socket) => {
    const holder = addressKey(socket.remoteAddress);
    const held = (open.get(holder) ?? 0) + 1;
    open.set(holder, held);
    const end = endpoint(socket);
    socket.once('close', () => {
      const left = (open.get(holder) ?? 1) - 1;
      if (left === 0) open.delete(holder);
      else open.set(holder, left);
      clearTimeout(handshakes.get(end));
      handshakes.delete(end);
    });
    if (held > limits.perAddress) {
      overCap += 1;
      socket.destroy();
      return;
    }
    // Node's own handshake timeout begins anew with every packet.
    const timer = setTimeout(() => {
      slowHandshakes += 1;
      socket.destroy();
    }, limits.handshakeMilliseconds);
    timer.unref();
    handshakes.set(end, timer);
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    const end = endpoint(socket);
    clearTimeout(handshakes.get(end));
    handshakes.delete(end);
  });
  return () => ({ overCap, slowHandshakes });
}

function endpoint(socket: Socket): string {
  return `${socket.remoteAddress ?? ''} ${socket.remotePort ?? 0}`;
}

/** Whoever has one IPv6 address has its /64. */
function addressKey(address: string | undefined): string {
  if (address === undefined) return '';
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last].slice(0, 4).join(':');
}
