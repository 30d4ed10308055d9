/** Requests over connections that the gate has judged, one after the other; a far side that closes after each answer gets a new dial, if there is one left. */
import type { ObservedHttp, Identity } from '@sallyport/diagnosis';
import { alertOfError, DialError } from '@sallyport/tls-dialer';
import type { AcceptedDial } from '@sallyport/tls-dialer';
import { Client } from 'undici';
import type { buildConnector } from 'undici';
import type { ProbeBudget } from '../probe-budget.ts';
import { observeAnswer, observeSilence } from './observe-answer.ts';

/** Milliseconds for one answer. */
const answerMilliseconds = 5_000;
/** Bytes of a body that are read. */
const largestBody = 64 * 1024;

export class HttpSession {
  readonly #client: Client;
  readonly #budget: ProbeBudget;
  readonly #identity: Identity;
  #next: AcceptedDial | null;
  /** What broke the socket; its words are better than the client's. */
  #socketError: unknown = null;
  #renegotiationAsked = false;

  /** @param redial another connection of the same kind; null when there is none to be had */
  constructor(
    first: AcceptedDial,
    origin: string,
    identity: Identity,
    budget: ProbeBudget,
    redial: () => Promise<AcceptedDial | null>,
  ) {
    this.#next = first;
    this.#identity = identity;
    this.#budget = budget;
    this.#watch(first);
    this.#client = new Client(origin, {
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: 32 * 1024,
      connect: (_wanted: buildConnector.Options, done: buildConnector.Callback) => {
        const ready = this.#next;
        this.#next = null;
        // Not at once: the client hands out nothing while it is still asking for a connection.
        if (ready !== null && !ready.socket.destroyed) queueMicrotask(() => done(null, ready.socket));
        else this.#again(redial, done);
      },
    });
  }

  get renegotiationAsked(): boolean {
    return this.#renegotiationAsked;
  }

  /** One GET. Null when the run has had its share. */
  async ask(probe: string, path: string, bearer: string | null): Promise<ObservedHttp | null> {
    if (!this.#budget.takeRequest()) return null;
    const asked = { probe, identity: this.#identity, path, authenticated: bearer !== null, at: new Date() };
    this.#socketError = null;
    const milliseconds = Math.min(answerMilliseconds, this.#budget.left);
    try {
      const answer = await this.#client.request({
        method: 'GET',
        path,
        headers: {
          'user-agent': 'Sallyport doctor',
          accept: 'application/json',
          ...(bearer === null ? {} : { authorization: bearer }),
        },
        headersTimeout: milliseconds,
        bodyTimeout: milliseconds,
        signal: AbortSignal.timeout(milliseconds),
      });
      let body = Buffer.alloc(0);
      for await (const part of answer.body) {
        body = Buffer.concat([body, Buffer.from(part as Uint8Array)]);
        if (body.length >= largestBody) break;
      }
      return observeAnswer(asked, answer.statusCode, answer.headers, body, Date.now());
    } catch (error) {
      const cause = this.#socketError ?? error;
      return observeSilence(asked, shownCause(cause, this.#renegotiationAsked), alertOfError(cause));
    }
  }

  async end(): Promise<void> {
    this.#next?.socket.destroy();
    await this.#client.destroy().catch(() => undefined);
  }

  #watch({ socket, onRenegotiation }: AcceptedDial): void {
    socket.on('error', (error) => {
      this.#socketError ??= error;
    });
    onRenegotiation(() => {
      this.#renegotiationAsked = true;
      socket.destroy();
    });
  }

  #again(redial: () => Promise<AcceptedDial | null>, done: buildConnector.Callback): void {
    redial().then(
      (dialled) => {
        if (dialled === null) return done(new Error('no further connection'), null);
        this.#watch(dialled);
        done(null, dialled.socket);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error('the dial failed'), null),
    );
  }
}

function shownCause(error: unknown, renegotiationAsked: boolean): NonNullable<ObservedHttp['error']> {
  if (renegotiationAsked)
    return {
      code: 'client-certificate-by-renegotiation',
      message: 'The far side asked for a second handshake after the request; that is always refused.',
      actor: 'customer',
    };
  if (error instanceof DialError) return { code: error.code, message: error.message, actor: error.actor };
  const { code, name } = error as { code?: unknown; name?: unknown };
  const seen = String(code ?? name ?? 'unknown');
  return /TIMEOUT|Timeout|Abort/i.test(`${seen} ${String(name)}`)
    ? { code: 'http-timeout', message: 'No answer came in time.', actor: 'network-team' }
    : { code: 'http-lost', message: `The connection ended before an answer (${seen}).`, actor: null };
}
