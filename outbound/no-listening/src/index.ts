/**
 * The run-time half of the direction rule for the tier that only dials: after `refuseToListen`, this process has no
 * listening socket. What it does not cover: sockets made by native code.
 */
import dgram from 'node:dgram';
import net from 'node:net';

/** Thrown where the dialling tier was about to listen. */
export class ListenRefusedError extends Error {
  readonly code = 'DIRECTION_LISTEN_REFUSED';
  constructor(where: string) {
    super(
      `A connector only dials; it was about to listen on ${where}. What must be answered is the web tier's, from the database.`,
    );
    this.name = 'ListenRefusedError';
  }
}

/**
 * Makes every later attempt of this process to listen throw a `ListenRefusedError`.
 * `onRefusal` hears each refusal, for the log. Call it once, before anything else is wired.
 */
export function refuseToListen(onRefusal: (error: ListenRefusedError) => void): void {
  const refuse = (where: string): never => {
    const error = new ListenRefusedError(where);
    onRefusal(error);
    throw error;
  };
  // Every server of Node passes here: net, tls, http, https, http2.
  net.Server.prototype.listen = function guarded(where?: unknown): never {
    return refuse(typeof where === 'object' ? JSON.stringify(where) : String(where));
  } as unknown as typeof net.Server.prototype.listen;
  dgram.Socket.prototype.bind = (() => refuse('a datagram socket')) as unknown as typeof dgram.Socket.prototype.bind;
}
