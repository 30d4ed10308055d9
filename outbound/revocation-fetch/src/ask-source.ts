/**
 * One question to one source, within its caps: bytes, ten seconds in all whatever it does, three redirects, each of them guarded like the first.
 * No cookie, credential or client certificate is ever sent.
 */
import { Client } from 'undici';
import type { buildConnector, Dispatcher } from 'undici';
import { DialError } from '@sallyport/tls-dialer';
import { FetchFailure, failureOfDial } from './fetch-failure.ts';
import { openSource } from './open-source.ts';
import type { FetchWay } from './revocation-folder-types.ts';
import { hostOf, readSourceAddress } from './source-address.ts';

export interface SourceQuestion {
  readonly url: string;
  /** Null: GET. Otherwise POST of an OCSP request. */
  readonly body: Uint8Array | null;
  /** What the bytes that are held came with; null where they are to come in any case. */
  readonly validators: { readonly etag: string | null; readonly lastModified: string | null } | null;
  readonly maximumBytes: number;
  readonly milliseconds: number;
  readonly redirects: number;
}

export interface SourceAnswer {
  /** False: 304, what is held still holds. */
  readonly modified: boolean;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Bytes of the header fields of an answer. */
const largestHeaderBytes = 16 * 1024;
/** Characters of a validator that is kept and sent again. */
const longestValidator = 256;

/**
 * Hands the body on in parts. `take` may reject; then that is what is thrown.
 * @throws FetchFailure for everything that the source, the way to it or its time does
 */
export async function askSource(
  question: SourceQuestion,
  way: FetchWay,
  signal: AbortSignal,
  take: (part: Uint8Array) => Promise<void>,
): Promise<SourceAnswer> {
  const ends = performance.now() + question.milliseconds;
  const time = AbortSignal.any([signal, AbortSignal.timeout(question.milliseconds)]);
  const throughProxy = way.proxy !== null;
  const first = readSourceAddress(question.url, null, throughProxy);
  let url = first;
  for (let redirects = 0; ; redirects++) {
    // Who redirects to another host may not choose a private one for us.
    const hop = hostOf(url) === hostOf(first) ? way : { ...way, allowPrivate: false };
    const left = Math.max(1, Math.round(ends - performance.now()));
    const answer = await withinTime(askOnce(url, question, hop, left, time, take), time, signal, redirects > 0);
    if (!('location' in answer)) return answer;
    if (redirects === question.redirects)
      throw new FetchFailure(
        'source-too-many-redirects',
        `The source redirects more than ${question.redirects} times.`,
      );
    url = readSourceAddress(answer.location, url, throughProxy);
  }
}

async function withinTime<T>(step: Promise<T>, time: AbortSignal, given: AbortSignal, redirected: boolean): Promise<T> {
  const passed = Promise.withResolvers<never>();
  const onAbort = (): void => passed.reject(new Error('aborted'));
  time.addEventListener('abort', onAbort, { once: true });
  if (time.aborted) onAbort();
  try {
    return await Promise.race([step, passed.promise]);
  } catch (error) {
    if (given.aborted) throw new FetchFailure('given-up', 'Nobody waits for the answer any more.', 'operator');
    if (error instanceof FetchFailure) throw error;
    if (time.aborted)
      throw new FetchFailure('source-timeout', 'The source did not give its whole answer within the time that it has.');
    if (error instanceof DialError) throw failureOfDial(error, redirected);
    throw failureOfHttp(error);
  } finally {
    time.removeEventListener('abort', onAbort);
    step.catch(() => undefined);
  }
}

async function askOnce(
  url: URL,
  question: SourceQuestion,
  way: FetchWay,
  milliseconds: number,
  time: AbortSignal,
  take: (part: Uint8Array) => Promise<void>,
): Promise<SourceAnswer | { readonly location: string }> {
  const opened = await openSource(url, way, milliseconds);
  // The time may have passed while it was opened; then nobody else ends it.
  const end = (): void => void opened.stream.destroy();
  time.addEventListener('abort', end, { once: true });
  opened.stream.on('error', () => undefined);
  const client = new Client(url.origin, {
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: largestHeaderBytes,
    headersTimeout: milliseconds,
    bodyTimeout: milliseconds,
    connect: onlyThis(opened.stream),
  });
  try {
    time.throwIfAborted();
    const answer = await client
      .request({
        method: question.body === null ? 'GET' : 'POST',
        path: opened.requestTarget(url.pathname + url.search),
        headers: { ...headersOf(question), ...opened.fields },
        ...(question.body === null ? {} : { body: Buffer.from(question.body) }),
        signal: time,
      })
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== 'UND_ERR_SOCKET') throw error;
        throw new FetchFailure('source-down', 'The source ended the connection without an answer.');
      });
    return await readAnswer(answer, question, take, way.proxy !== null);
  } finally {
    time.removeEventListener('abort', end);
    opened.stream.destroy();
    await client.destroy().catch(() => undefined);
  }
}

/** A connector that gives this stream once: there is no second connection. */
function onlyThis(stream: unknown): buildConnector.connector {
  let used = false;
  return (_wanted, done) => {
    const first = !used;
    used = true;
    queueMicrotask(() => {
      if (first) done(null, stream as Parameters<buildConnector.Callback>[1] & object);
      else done(new Error('the connection was lost'), null);
    });
  };
}

function headersOf({ body, validators }: SourceQuestion): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': 'Sallyport',
    accept: body === null ? '*/*' : 'application/ocsp-response',
    // What is compressed could be small on the wire and endless here.
    'accept-encoding': 'identity',
  };
  if (body !== null) headers['content-type'] = 'application/ocsp-request';
  if (validators?.etag != null) headers['if-none-match'] = validators.etag;
  if (validators?.lastModified != null) headers['if-modified-since'] = validators.lastModified;
  return headers;
}

async function readAnswer(
  answer: Dispatcher.ResponseData,
  question: SourceQuestion,
  take: (part: Uint8Array) => Promise<void>,
  throughProxy: boolean,
): Promise<SourceAnswer | { readonly location: string }> {
  const { statusCode, headers, body } = answer;
  body.on('error', () => undefined);
  const field = (name: string): string | null => {
    const value = headers[name];
    return typeof value === 'string' && value.length <= longestValidator ? value : null;
  };
  const validators = { etag: field('etag'), lastModified: field('last-modified') };
  if (statusCode === 304 && question.validators !== null) return { modified: false, ...validators };
  if ([301, 302, 303, 307, 308].includes(statusCode)) {
    const location = headers['location'];
    if (typeof location !== 'string')
      throw new FetchFailure('source-http-status', `The source answered ${statusCode} and does not say where to look.`);
    return { location };
  }
  if (statusCode === 407 && throughProxy)
    throw new FetchFailure('source-proxy-failed', 'The forward proxy asks for authentication (407).', 'network-team');
  if (statusCode !== 200)
    throw new FetchFailure(
      'source-http-status',
      `The source answered with HTTP status ${statusCode}${throughProxy && statusCode >= 500 ? ', or the forward proxy did' : ''}.`,
    );
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new FetchFailure('source-encoded', 'The source sends its answer compressed although that was not asked for.');
  if (Number(headers['content-length'] ?? 0) > question.maximumBytes) throw tooLarge(question);
  let length = 0;
  for await (const part of body) {
    const bytes = part as Uint8Array;
    length += bytes.length;
    if (length > question.maximumBytes) throw tooLarge(question);
    await take(bytes);
  }
  if (length === 0) throw new FetchFailure('source-empty', 'The source answered with nothing.');
  return { modified: true, ...validators };
}

function tooLarge({ maximumBytes }: SourceQuestion): FetchFailure {
  return new FetchFailure('source-too-large', `The source sends more than ${maximumBytes} bytes.`);
}

function failureOfHttp(error: unknown): FetchFailure {
  const code = String((error as { code?: unknown }).code);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new FetchFailure('source-timeout', 'The source did not give its whole answer within the time that it has.');
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW')
    return new FetchFailure('source-http-malformed', 'What the source answered is no HTTP.');
  return new FetchFailure('source-cut-off', `The source ended the connection before its answer was whole (${code}).`);
}
