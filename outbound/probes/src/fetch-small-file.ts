/** One small file over plain http from where a certificate points: the address is guarded, redirects are not followed, time and size are capped. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Deadline, DeadlinePassed, DialError, resolveHost } from '@sallyport/tls-dialer';
import { Client } from 'undici';
import type { buildConnector } from 'undici';

export type SmallFile =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly message: string };

const fileMilliseconds = 3_000;
/** Bytes: a certificate has about two thousand. */
const largestFile = 64 * 1024;
const httpPort = 80;

/** Never rejects for what the name, the network or the place does. */
export async function fetchSmallFile(url: string, allowPrivate: boolean, leftMilliseconds: number): Promise<SmallFile> {
  if (!URL.canParse(url)) return { ok: false, message: 'It is no URL.' };
  const { protocol, hostname, port, origin, pathname, search, username } = new URL(url);
  if (protocol !== 'http:' || username !== '') return { ok: false, message: 'It is no plain http address.' };
  const milliseconds = Math.max(1, Math.min(fileMilliseconds, leftMilliseconds));
  const deadline = new Deadline(milliseconds);
  let client: Client | null = null;
  try {
    const [address] = await resolveHost(hostname.replace(/^\[|\]$/g, ''), allowPrivate, deadline);
    if (address === undefined) return { ok: false, message: 'It has no address.' };
    client = new Client(origin, {
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: 16 * 1024,
      // That one address, which was looked at, and no other.
      connect: (_wanted: buildConnector.Options, done: buildConnector.Callback) =>
        open(address, port === '' ? httpPort : Number(port), done),
    });
    const answer = await deadline.within(
      client.request({
        method: 'GET',
        path: `${pathname}${search}`,
        headers: { 'user-agent': 'Sallyport doctor' },
        signal: AbortSignal.timeout(milliseconds),
      }),
    );
    if (answer.statusCode !== 200) return { ok: false, message: `HTTP ${answer.statusCode}.` };
    let bytes = Buffer.alloc(0);
    for await (const part of answer.body) {
      bytes = Buffer.concat([bytes, Buffer.from(part as Uint8Array)]);
      if (bytes.length > largestFile) return { ok: false, message: `It has more than ${largestFile} bytes.` };
    }
    return { ok: true, bytes };
  } catch (error) {
    if (error instanceof DialError) return { ok: false, message: error.message };
    return {
      ok: false,
      message: error instanceof DeadlinePassed ? 'No answer came in time.' : 'It could not be fetched.',
    };
  } finally {
    deadline.end();
    await client?.destroy().catch(() => undefined);
  }
}

function open(address: string, port: number, done: buildConnector.Callback): void {
  const socket: Socket = connect({ host: address, port });
  socket.once('connect', () => done(null, socket));
  socket.once('error', (error) => done(error, null));
}
