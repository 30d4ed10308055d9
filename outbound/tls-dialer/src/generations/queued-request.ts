/** A request on its way: waiting, on a socket, or answered; and what may be done when its attempt fails. */
import type { Dispatcher } from 'undici';
import { alertOfError, isClientCertificateAlert } from '../alert-number.ts';
import { readEnforcerRefusal } from '../enforcer-answer.ts';
import type { GenerationSockets, OpenSocket } from './generation-sockets.ts';
import { SocketGoneError } from './generation-sockets.ts';

/** How an attempt ended. */
export type AttemptEnd =
  /** Whoever asked has its answer, or its error. */
  | 'told'
  /** Nothing was written: it moves to another socket. */
  | 'not-sent'
  /** The far side refused our certificate, so the request never reached what is behind it. */
  | 'certificate-refused'
  /** The socket closed before any byte of an answer, and the method may be repeated (RFC 9110 §9.2.2). */
  | 'closed-unanswered';

export interface QueuedRequest {
  readonly options: Dispatcher.DispatchOptions;
  readonly handler: Dispatcher.DispatchHandler;
  /** Null: whichever generation is current when a socket is free. */
  generation: GenerationSockets | null;
  /** A request is repeated once; moving before anything was written does not count. */
  repeated: boolean;
  moves: number;
  /** Milliseconds by `performance.now()`. */
  readonly since: number;
}

/** Bytes of an answer that may be an enforcer's page about certificates; more is an answer of something else. */
const largestRefusalPage = 8_192;

/** Sends on a socket that is free. `done` is called once. */
export function attempt(
  request: QueuedRequest,
  socket: OpenSocket,
  done: (end: AttemptEnd, error: Error | null) => void,
): void {
  const { handler, options } = request;
  let started = false;
  let ended = false;
  let page: { readonly start: () => void; readonly chunks: Buffer[]; bytes: number; readonly status: number } | null =
    null;
  const finish = (end: AttemptEnd, error: Error | null = null): void => {
    if (ended) return;
    ended = true;
    done(end, error);
  };
  /** The page was none of an enforcer: it is handed on as it came. */
  const handOn = (controller: Dispatcher.DispatchController): void => {
    const held = page;
    page = null;
    if (held === null) return;
    held.start();
    for (const chunk of held.chunks) handler.onResponseData?.(controller, chunk);
  };
  socket.client.dispatch(
    { ...options, origin: socket.generation.origin },
    {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onResponseStarted: () => (started = true),
      onResponseStart: (controller, status, headers, message) => {
        started = true;
        const start = (): void => handler.onResponseStart?.(controller, status, headers, message);
        if (mayRefuseCertificate(status)) page = { start, chunks: [], bytes: 0, status };
        else start();
      },
      onResponseData: (controller, chunk) => {
        if (page === null) return handler.onResponseData?.(controller, chunk);
        page.chunks.push(chunk);
        page.bytes += chunk.length;
        if (page.bytes > largestRefusalPage) handOn(controller);
      },
      onResponseEnd: (controller, trailers) => {
        if (page !== null && !request.repeated) {
          const refusal = readEnforcerRefusal(page.status, Buffer.concat(page.chunks).toString('latin1'));
          if (refusal !== null) {
            const held = page;
            // Where it cannot be repeated, the page is the answer.
            return finish(
              'certificate-refused',
              new RefusalPage(() => {
                page = held;
                handOn(controller);
                handler.onResponseEnd?.(controller, trailers);
              }),
            );
          }
        }
        handOn(controller);
        handler.onResponseEnd?.(controller, trailers);
        finish('told');
      },
      onResponseError: (controller, error) => {
        const end = started ? 'told' : endOf(error, options);
        if (end === 'told') {
          handOn(controller);
          handler.onResponseError?.(controller, error);
        }
        finish(end, error);
      },
    },
  );
}

/** An enforcer's refusal in HTTP, kept so that it can still be told. */
export class RefusalPage extends Error {
  readonly tell: () => void;
  constructor(tell: () => void) {
    super('The enforcer refused our certificate in HTTP.');
    this.tell = tell;
  }
}

function mayRefuseCertificate(status: number): boolean {
  return status === 400 || status === 403 || status === 495 || status === 496;
}

function endOf(error: Error, { method, idempotent }: Dispatcher.DispatchOptions): AttemptEnd {
  if (error instanceof SocketGoneError) return 'not-sent';
  const alert = alertOfError(error) ?? alertOfError(error.cause);
  if (alert !== null && isClientCertificateAlert(alert)) return 'certificate-refused';
  const repeatable = idempotent ?? (method === 'GET' || method === 'HEAD');
  return repeatable && isClosed(error) ? 'closed-unanswered' : 'told';
}

function isClosed(error: Error): boolean {
  const { code } = error as Error & { code?: unknown };
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}
