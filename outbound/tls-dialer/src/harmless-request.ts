/** One GET over a connection that was dialled and judged: only an HTTP answer shows whether the enforcer took our certificate. */
import type { TLSSocket } from 'node:tls';
import { Client } from 'undici';
import type { buildConnector } from 'undici';

export interface HttpAnswer {
  readonly status: number;
  /** The beginning of the body, as it came. */
  readonly bodyStart: string;
}

/** Bytes of the body that are looked at; an enforcer's page has a few hundred. */
const largestBodyStart = 16 * 1024;

/** @throws whatever broke: the socket's error, a deadline, an answer that is no HTTP */
export async function sendHarmlessGet(
  socket: TLSSocket,
  origin: string,
  path: string,
  deadlineMilliseconds: number,
): Promise<HttpAnswer> {
  let used = false;
  const client = new Client(origin, {
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: 32 * 1024,
    headersTimeout: deadlineMilliseconds,
    bodyTimeout: deadlineMilliseconds,
    connect: (_wanted: buildConnector.Options, done: buildConnector.Callback) => {
      // This one socket was judged; there is no other.
      const first = !used;
      used = true;
      // Not at once: the client hands out nothing while it is still asking for a connection.
      queueMicrotask(() => {
        if (first) done(null, socket);
        else done(new Error('the connection was lost'), null);
      });
    },
  });
  try {
    const answer = await client.request({
      method: 'GET',
      path,
      headers: { 'user-agent': 'Sallyport', accept: '*/*' },
      signal: AbortSignal.timeout(deadlineMilliseconds),
    });
    let bodyStart = '';
    // Only a refusal's words are wanted; an endless page is cut.
    if (answer.statusCode >= 400) {
      for await (const part of answer.body) {
        bodyStart += Buffer.from(part as Uint8Array).toString('latin1');
        if (bodyStart.length >= largestBodyStart) break;
      }
    }
    return { status: answer.statusCode, bodyStart: bodyStart.slice(0, largestBodyStart) };
  } finally {
    socket.destroy();
    await client.destroy().catch(() => undefined);
  }
}
