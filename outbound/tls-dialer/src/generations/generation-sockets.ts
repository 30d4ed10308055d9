/** The open connections of one generation: each was dialled and judged with its certificate, and carries one request at a time. */
import { Client } from 'undici';
import type { DialTarget } from '../dial-target.ts';
import type { EvidenceSink } from '../evidence-sink.ts';
import { openSocket } from '../open-socket.ts';

/** What a connection uses from one write of the pointer to the next: a certificate of ours, under its terms. */
export interface CertificateGeneration {
  /** Counts up with each swap; a smaller one is older. */
  readonly number: number;
  readonly target: () => DialTarget;
  /** Receives the evidence of each dial before its socket is used. */
  readonly sink: EvidenceSink;
}

export interface OpenSocket {
  readonly client: Client;
  readonly generation: GenerationSockets;
  /** Ends it when its request is over, or now where it has none. */
  retired: boolean;
  busy: boolean;
}

/** Milliseconds before the end of a socket's life from which on it is ended as soon as it is idle. */
const retireEarlyMilliseconds = 60_000;

/** A socket or generation that ended before a request was written: the request moves to another one. Never told outside. */
export class SocketGoneError extends Error {
  readonly code = 'SALLYPORT_SOCKET_GONE';
}

export class GenerationSockets {
  readonly number: number;
  /** `refused`: the far side refused its certificate; it is never dialled for again. */
  state: 'open' | 'refused' | 'closed' = 'open';
  /** Dials under way. */
  opening = 0;
  /** By `performance.now()`: before that, nothing is dialled while others serve. */
  dialAgainAt = 0;
  readonly #generation: CertificateGeneration;
  readonly #onChange: () => void;
  readonly #sockets = new Set<OpenSocket>();

  constructor(generation: CertificateGeneration, onChange: () => void) {
    this.number = generation.number;
    this.#generation = generation;
    this.#onChange = onChange;
  }

  get origin(): string {
    const { host, port } = this.#generation.target();
    return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** Open sockets, busy or not. */
  get open(): number {
    return this.#sockets.size;
  }

  get busy(): number {
    let busy = 0;
    for (const socket of this.#sockets) if (socket.busy) busy += 1;
    return busy;
  }

  /** Dials one more. @throws DialError, and SocketGoneError where this generation has been given up meanwhile */
  async add(): Promise<OpenSocket> {
    this.#mustBeOpen();
    this.opening += 1;
    try {
      const { socket, usableUntil } = await openSocket(this.#generation.target(), this.#generation.sink);
      if (this.state !== 'open') {
        socket.destroy();
        this.#mustBeOpen();
      }
      let given = false;
      // Until it carries its first request nobody reads from it, and an end would not be noticed.
      const early = (): void => {
        if (socket.read() !== null) socket.destroy();
      };
      socket.on('readable', early);
      const client = new Client(this.origin, {
        pipelining: 1,
        allowH2: false,
        connect: (_wanted, done) => {
          // One client is one socket: what would dial again gets none. The client does not expect an answer at once.
          const gone = given || socket.destroyed;
          given = true;
          queueMicrotask(() => {
            socket.off('readable', early);
            if (gone || socket.destroyed) done(new SocketGoneError('The connection is gone.'), null);
            else done(null, socket);
          });
        },
      });
      const opened: OpenSocket = { client, generation: this, retired: false, busy: false };
      const left = usableUntil - Date.now();
      const timer = setTimeout(
        () => this.#retire(opened),
        Math.max(0, left - Math.min(retireEarlyMilliseconds, left / 2)),
      );
      timer.unref();
      const end = setTimeout(() => this.#drop(opened), left);
      end.unref();
      socket.once('close', () => {
        clearTimeout(timer);
        clearTimeout(end);
        this.#drop(opened);
      });
      this.#sockets.add(opened);
      return opened;
    } finally {
      this.opening -= 1;
    }
  }

  /** The idle socket that was used last, or null. */
  idle(): OpenSocket | null {
    let last: OpenSocket | null = null;
    for (const socket of this.#sockets) if (!socket.busy && !socket.retired) last = socket;
    return last;
  }

  /** Its request is over. */
  release(socket: OpenSocket): void {
    socket.busy = false;
    if (!this.#sockets.has(socket)) return;
    if (socket.retired || this.state !== 'open') return this.#drop(socket);
    // Last in order is last used.
    this.#sockets.delete(socket);
    this.#sockets.add(socket);
  }

  /** No new request and no new dial; requests under way end on their sockets. */
  giveUp(state: 'refused' | 'closed'): void {
    this.state = state;
    this.retireAll();
  }

  /** Each socket ends with its request, idle ones now. */
  retireAll(): void {
    for (const socket of this.#sockets) this.#retire(socket);
  }

  destroy(): void {
    this.state = 'closed';
    for (const socket of this.#sockets) this.#drop(socket);
  }

  #retire(socket: OpenSocket): void {
    socket.retired = true;
    if (!socket.busy) this.#drop(socket);
  }

  #drop(socket: OpenSocket): void {
    if (!this.#sockets.delete(socket)) return;
    void socket.client.destroy(new SocketGoneError('The connection has been closed.'));
    this.#onChange();
  }

  #mustBeOpen(): void {
    if (this.state !== 'open')
      throw new SocketGoneError('This generation has been given up; nothing is dialled with it.');
  }
}
