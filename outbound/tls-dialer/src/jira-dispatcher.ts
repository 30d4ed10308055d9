/** HTTP over judged connections: an undici dispatcher whose every socket comes from `dial`, so that what uses it is ordinary request code. */
import type { TLSSocket } from 'node:tls';
import { Agent, Client, Pool } from 'undici';
import type { buildConnector, Dispatcher } from 'undici';
import { dial } from './dial.ts';
import type { AcceptedDial } from './dial.ts';
import { DialError } from './dial-error.ts';
import type { DialTarget } from './dial-target.ts';
import type { EvidenceSink } from './evidence-sink.ts';

export interface JiraDispatcherOptions {
  readonly sink: EvidenceSink;
  /** Sockets at the same time. */
  readonly connections: number;
}

/** Milliseconds before the end of a socket's life from which on it is ended as soon as it is idle. */
const retireEarlyMilliseconds = 60_000;
/** Milliseconds between looks whether a socket that is to end is idle. */
const idleLookMilliseconds = 50;

/**
 * A dispatcher for one connection. `target` is asked at each new socket, so that a swapped certificate is used by the next one. A socket that
 * the gate refused is an error of the request, with the code, the words and the actor of a `DialError`.
 */
export function createJiraDispatcher(target: () => DialTarget, options: JiraDispatcherOptions): Dispatcher {
  const clientOf = (origin: URL, settings: object): Dispatcher => {
    const client: Client = new Client(origin, {
      ...settings,
      // One request at a time on one socket: a request that fails must not take others with it.
      pipelining: 1,
      allowH2: false,
      connect: (wanted: buildConnector.Options, done: buildConnector.Callback) => {
        openSocket(target(), wanted, options.sink).then(
          (opened) => {
            retireInTime(client, opened);
            done(null, opened.socket);
          },
          (error: unknown) => done(error instanceof Error ? error : new Error('the dial failed'), null),
        );
      },
    });
    return client;
  };
  return new Agent({
    factory: (origin: string | URL, settings: object) =>
      new Pool(origin, { ...settings, connections: options.connections, factory: clientOf }),
  });
}

async function openSocket(
  target: DialTarget,
  wanted: buildConnector.Options,
  sink: EvidenceSink,
): Promise<AcceptedDial> {
  const port = wanted.port === '' ? 443 : Number(wanted.port);
  const host = wanted.hostname.replace(/^\[|\]$/g, '');
  if (wanted.protocol !== 'https:' || host !== target.host || port !== target.port)
    throw new DialError(
      'address-forbidden',
      `Only ${target.host}:${target.port} is dialled for this connection.`,
      'operator',
    );
  if (!sink.admits())
    throw new DialError(
      'evidence-unavailable',
      'The evidence of new connections cannot be written at present, so none is opened.',
      'operator',
    );
  const outcome = await dial(target);
  sink.take(outcome.evidence);
  if (outcome.verdict !== 'accepted') throw outcome.error;
  if (outcome.usableUntil <= Date.now()) {
    outcome.socket.destroy();
    throw new DialError(
      'client-certificate-expired',
      'Our client certificate has expired, so no connection is used with it.',
      'operator',
    );
  }
  // Refused anyway; ended here so that the error says what happened.
  outcome.onRenegotiation(() => outcome.socket.destroy(renegotiationError()));
  return outcome;
}

/** What a far side gets that wants a second handshake: it would be encrypted, unjudged, and carry our certificate. */
export function renegotiationError(): DialError {
  return new DialError(
    'client-certificate-by-renegotiation',
    'The far side asks for another handshake after the request, most likely to get our certificate only then. That is always refused; it must ask in the first handshake.',
    'customer',
  );
}

/** Ends the socket before its certificates do: when idle in its last minute, at the end in any case. */
function retireInTime(client: Client, { socket, usableUntil }: AcceptedDial): void {
  const left = usableUntil - Date.now();
  let timer = setTimeout(() => look(socket), Math.max(0, left - Math.min(retireEarlyMilliseconds, left / 2)));
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
  const look = (ending: TLSSocket): void => {
    if (ending.destroyed) return;
    if (client.stats.size === 0 || Date.now() >= usableUntil) {
      ending.destroy();
      return;
    }
    timer = setTimeout(() => look(ending), idleLookMilliseconds);
    timer.unref();
  };
}
