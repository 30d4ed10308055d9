/**
 * The run-time half of the direction rule for the tier that only listens: after `refuseToDial`, this process opens no
 * connection but the one to its database. What it does not cover: name look-ups, and sockets made by native code.
 */
import dgram from 'node:dgram';
import net from 'node:net';

/** Thrown where the listening tier was about to dial. */
export class DialRefusedError extends Error {
  readonly code = 'DIRECTION_DIAL_REFUSED';
  constructor(destination: string) {
    super(
      `The web tier only listens; it was about to connect to ${destination}. Work that leaves is a connector's job.`,
    );
    this.name = 'DialRefusedError';
  }
}

/** Where the database is: a Unix socket's folder, or a host and port. */
export type DatabaseAddress = { readonly socketDirectory: string } | { readonly host: string; readonly port: number };

/**
 * Makes every later dial of this process throw a `DialRefusedError`, but those to `database`.
 * `onRefusal` hears each refusal, for the log. Call it once, before anything else is wired.
 */
export function refuseToDial(database: DatabaseAddress, onRefusal: (error: DialRefusedError) => void): void {
  const refuse = (destination: string): never => {
    const error = new DialRefusedError(destination);
    onRefusal(error);
    throw error;
  };
  // Every stream of Node passes here: net, tls, http, https, http2, fetch, WebSocket.
  const original = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guarded(this: net.Socket, ...parameters: unknown[]): net.Socket {
    const destination = destinationOf(parameters);
    if (!isDatabase(destination, database)) {
      this.destroy();
      refuse(destination.path ?? `${destination.host ?? 'localhost'}:${String(destination.port)}`);
    }
    return Reflect.apply(original, this, parameters) as net.Socket;
  } as typeof original;
  for (const way of ['bind', 'connect', 'send'] as const) {
    dgram.Socket.prototype[way] = (() => refuse('a datagram address')) as never;
  }
}

interface Destination {
  readonly path?: string;
  readonly host?: string;
  readonly port?: number | string;
}

/** Node normalises `connect`'s forms into one array before it calls itself; both shapes arrive here. */
function destinationOf(parameters: readonly unknown[]): Destination {
  const first = Array.isArray(parameters[0]) ? (parameters[0] as unknown[])[0] : parameters[0];
  if (typeof first === 'object' && first !== null) return first as Destination;
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { path: first };
  const host = parameters[1];
  return { port: first as number, ...(typeof host === 'string' ? { host } : {}) };
}

function isDatabase(destination: Destination, database: DatabaseAddress): boolean {
  if ('socketDirectory' in database)
    return destination.path?.startsWith(`${database.socketDirectory}/.s.PGSQL.`) === true;
  return (
    destination.path === undefined && destination.host === database.host && Number(destination.port) === database.port
  );
}
