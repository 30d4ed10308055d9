/**
 * Requests of one connection over the sockets of its current certificate. They wait here and not in the HTTP client, and
 * get a socket when one is free: so a swap moves all that wait, and what is under way ends where it began. A request that
 * provably never reached Jira is repeated once on the certificate before; so a far side that refuses the new one fails none.
 */
import { Dispatcher } from 'undici';
import { DialError } from '../dial-error.ts';
import { GenerationSockets, SocketGoneError } from './generation-sockets.ts';
import type { CertificateGeneration, OpenSocket } from './generation-sockets.ts';
import { attempt, RefusalPage } from './queued-request.ts';
import type { AttemptEnd, QueuedRequest } from './queued-request.ts';

export interface GenerationDispatcherOptions {
  readonly first: CertificateGeneration;
  /** Sockets of one generation at the same time. */
  readonly connections: number;
  /** Told once for each generation whose certificate the far side refused while it was in use. */
  readonly onCertificateRefused?: (generation: number, error: Error) => void;
}

/** Milliseconds that a request waits for a socket. */
const longestWait = 60_000;
/** Milliseconds without a new dial after one that failed, while other sockets serve. */
const dialPause = 1_000;
/** Times that a request moves before anything of it was written: each time a socket had closed under it. */
const mostMoves = 8;

export class GenerationDispatcher extends Dispatcher {
  readonly #options: GenerationDispatcherOptions;
  readonly #queue: QueuedRequest[] = [];
  #current: GenerationSockets;
  /** Stays ready to go back to until the swap's window closes; null where there is none. */
  #previous: GenerationSockets | null = null;
  #ended = false;

  constructor(options: GenerationDispatcherOptions) {
    super();
    this.#options = options;
    this.#current = this.#sockets(options.first);
  }

  /** Number of the generation whose certificate is used now. */
  get generation(): number {
    return this.#current.number;
  }

  /** Open sockets of the current generation. */
  get open(): number {
    return this.#current.open;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { hostname, port, protocol } = new URL(String(options.origin));
    const target = new URL(this.#current.origin);
    if (protocol !== target.protocol || hostname !== target.hostname || port !== target.port)
      throw new DialError('address-forbidden', `Only ${target.host} is dialled for this connection.`, 'operator');
    if (this.#ended) throw new DialError('peer-closed', 'This connection is no longer served here.', 'operator');
    this.#queue.push({ options, handler, generation: null, repeated: false, moves: 0, since: performance.now() });
    this.#pump();
    return true;
  }

  /**
   * Moves requests to another certificate: makes one full handshake with it, asks `read`, opens as many sockets as are
   * open now, and only then lets the traffic move. Rejects, with nothing moved, where any of it fails, or where `isWanted`
   * says at the end that it has come too late: a generation that was refused meanwhile is not used even for a moment.
   */
  async move(
    next: CertificateGeneration,
    read: Dispatcher.DispatchOptions | null,
    isWanted: () => boolean = () => true,
  ): Promise<void> {
    const sockets = this.#sockets(next);
    try {
      const first = await sockets.add();
      if (read !== null) await readOnce(first, read);
      // One after the other: opened all at once, they would hold up the requests that go on meanwhile.
      while (sockets.open < Math.min(this.#current.open, this.#options.connections)) await sockets.add();
      if (!isWanted()) throw new SocketGoneError('The pointer has moved on meanwhile.');
    } catch (error) {
      sockets.destroy();
      throw error;
    }
    if (this.#ended) return sockets.destroy();
    this.#previous?.giveUp('closed');
    this.#previous = this.#current;
    this.#current = sockets;
    this.#previous.retireAll();
    this.#pump();
  }

  /** Back to the certificate before, at once: as when another connector was refused. Requests under way end where they are. */
  fallBack(): void {
    const previous = this.#previous;
    if (previous === null) return;
    this.#current.giveUp('refused');
    this.#previous = null;
    this.#current = previous;
    this.#pump();
  }

  /** The swap's window has closed: there is no way back any more. */
  forgetPrevious(): void {
    this.#previous?.giveUp('closed');
    this.#previous = null;
  }

  override close(callback?: () => void): Promise<void> {
    return this.destroy(callback);
  }

  override destroy(...given: unknown[]): Promise<void> {
    const callback = given.find((one) => typeof one === 'function') as (() => void) | undefined;
    this.#ended = true;
    const ended = new DialError('peer-closed', 'This connection is no longer served here.', 'operator');
    for (const { handler } of this.#queue.splice(0)) tell(handler, ended);
    this.#current.destroy();
    this.#previous?.destroy();
    callback?.();
    return Promise.resolve();
  }

  #sockets(generation: CertificateGeneration): GenerationSockets {
    return new GenerationSockets(generation, () => this.#pump());
  }

  /** Gives free sockets to those that wait, and dials where more of them wait than are being opened. */
  #pump(): void {
    let index = 0;
    const wanted = new Map<GenerationSockets, number>();
    while (index < this.#queue.length && !this.#ended) {
      const request = this.#queue[index];
      if (request === undefined) break;
      if (request.generation !== null && request.generation.state !== 'open') request.generation = null;
      const sockets = request.generation ?? this.#current;
      const socket = sockets.idle();
      if (socket === null) {
        wanted.set(sockets, (wanted.get(sockets) ?? 0) + 1);
        index += 1;
        if (performance.now() - request.since > longestWait) {
          index -= 1;
          this.#queue.splice(index, 1);
          tell(request.handler, new DialError('connect-timeout', 'No connection was free in time.', 'customer'));
        }
        continue;
      }
      this.#queue.splice(index, 1);
      this.#send(request, socket);
    }
    for (const [sockets, waiting] of wanted) {
      if (sockets.open > 0 && performance.now() < sockets.dialAgainAt) continue;
      const more = Math.min(waiting - sockets.opening, this.#options.connections - sockets.open - sockets.opening);
      for (let count = 0; count < more; count += 1) void this.#add(sockets);
    }
  }

  async #add(sockets: GenerationSockets): Promise<void> {
    try {
      await sockets.add();
    } catch (error) {
      if (!(error instanceof SocketGoneError)) this.#dialFailed(sockets, error as Error);
    }
    this.#pump();
  }

  #dialFailed(sockets: GenerationSockets, error: Error): void {
    if (error instanceof DialError && error.code === 'client-certificate-refused' && this.#leave(sockets, error))
      return;
    // Others of it serve on: those that wait get a socket from them, and the far side is not stormed.
    if (sockets.open > 0) {
      sockets.dialAgainAt = performance.now() + dialPause;
      return;
    }
    // Each dial was for one that waits.
    const index = this.#queue.findIndex(({ generation }) => (generation ?? this.#current) === sockets);
    const [request] = index < 0 ? [] : this.#queue.splice(index, 1);
    if (request !== undefined) tell(request.handler, error);
  }

  #send(request: QueuedRequest, socket: OpenSocket): void {
    socket.busy = true;
    attempt(request, socket, (end, error) => {
      if (end !== 'told') socket.retired = true;
      this.#settle(request, socket, end, error);
      socket.generation.release(socket);
      this.#pump();
    });
  }

  #settle(request: QueuedRequest, { generation }: OpenSocket, end: AttemptEnd, error: Error | null): void {
    if (end === 'told') return;
    const told = error ?? new Error('the request was not answered');
    if (this.#ended) return tell(request.handler, told);
    if (end === 'not-sent') {
      request.moves += 1;
      return request.moves > mostMoves ? tell(request.handler, told) : void this.#queue.unshift(request);
    }
    const left = end === 'certificate-refused' && this.#leave(generation, told);
    // Refused by certificate, and there is no other one: the answer is the refusal.
    if (request.repeated || (end === 'certificate-refused' && !left && generation === this.#current))
      return tell(request.handler, told);
    request.repeated = true;
    request.generation = this.#previous;
    this.#queue.unshift(request);
  }

  /** Gives a refused generation up for the one before; false where there is none. */
  #leave(sockets: GenerationSockets, error: Error): boolean {
    if (sockets !== this.#current || this.#previous === null) return false;
    this.fallBack();
    this.#options.onCertificateRefused?.(sockets.number, error);
    return true;
  }
}

function tell(handler: Dispatcher.DispatchHandler, error: Error): void {
  if (error instanceof RefusalPage) error.tell();
  else handler.onResponseError?.(neverStarted, error);
}

/** For a request that no client has started, or whose client is done with it: there is nothing left to steer. */
const neverStarted: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
};

/** One request on a socket; rejects unless an answer that is no refusal comes. */
function readOnce(socket: OpenSocket, options: Dispatcher.DispatchOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.busy = true;
    const request: QueuedRequest = {
      options,
      handler: {
        onResponseStart: (_controller, status) =>
          status < 400
            ? undefined
            : reject(new DialError('peer-closed', `The read was answered with HTTP ${status}.`, 'customer')),
        onResponseError: (_controller, error) => reject(error),
      },
      generation: socket.generation,
      repeated: false,
      moves: 0,
      since: performance.now(),
    };
    attempt(request, socket, (end, error) => {
      if (end === 'told') socket.generation.release(socket);
      if (end === 'certificate-refused')
        reject(new DialError('client-certificate-refused', 'The far side refuses the next certificate.', 'customer'));
      else if (end === 'told') resolve();
      else reject(error ?? new Error('the read was not answered'));
    });
  });
}
