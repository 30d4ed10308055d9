/** One hello: reach the far side, say it, read the first words, hang up. */
import type { Duplex } from 'node:stream';
import type { ObservedHello } from '@sallyport/diagnosis';
import { Deadline, DeadlinePassed, DialError, DialRecord, reachTarget } from '@sallyport/tls-dialer';
import type { DialTarget } from '@sallyport/tls-dialer';
import { DistinguishedName, X509Error } from '@sallyport/x509';
import { certificateFacts } from '../certificate-facts.ts';
import { printableWords } from '../printable-words.ts';
import { writeClientHello } from './client-hello.ts';
import type { HelloOffer } from './client-hello.ts';
import { largestFirstWords, readFirstWords } from './first-words.ts';
import type { FirstWords } from './first-words.ts';
import { suiteNames } from './suite-numbers.ts';

/** Milliseconds for one hello, reaching included. */
const helloMilliseconds = 4_000;
/** Names of accepted authorities that are kept. */
const shownAuthorities = 200;
/** Characters of an answer that is no TLS. */
const shownWords = 200;

type Ending = 'done' | 'closed' | 'reset' | 'timeout';

/** Never rejects for what the far side or the network does. */
export async function sayHello(
  probe: string,
  target: DialTarget,
  offer: HelloOffer,
  leftMilliseconds: number,
): Promise<ObservedHello> {
  const at = new Date().toISOString();
  const began = performance.now();
  const deadline = new Deadline(Math.min(helloMilliseconds, leftMilliseconds));
  const record = new DialRecord(target);
  let stream: Duplex | null = null;
  const observed = (outcome: ObservedHello['outcome'], words: FirstWords | null, bytes: Uint8Array): ObservedHello => {
    const { remoteAddress, localPort } = placeOf(stream);
    return {
      probe,
      at,
      address: remoteAddress,
      sourcePort: localPort,
      outcome,
      version: words?.version == null ? null : versionName(words.version),
      suite:
        words?.suite == null ? null : (suiteNames[words.suite] ?? `0x${words.suite.toString(16).padStart(4, '0')}`),
      alert: words?.alert ?? null,
      dhBits: words?.dhBits ?? null,
      secureRenegotiation: words?.secureRenegotiation ?? null,
      certificateRequest:
        words?.certificateRequest == null
          ? null
          : {
              types: words.certificateRequest.types,
              schemes: words.certificateRequest.schemes,
              authorities: words.certificateRequest.authorities.slice(0, shownAuthorities).map(showName),
            },
      endEntity: words?.endEntity == null ? null : certificateFacts(words.endEntity),
      words: outcome === 'not-tls' ? printableWords(bytes, shownWords) : null,
      milliseconds: Math.round(performance.now() - began),
    };
  };
  try {
    ({ stream } = await reachTarget(target, record, deadline));
    const { bytes, ending } = await hear(stream, writeClientHello(offer), deadline);
    const words = readFirstWords(bytes);
    return observed(outcomeOf(words, ending), words, bytes);
  } catch (error) {
    if (error instanceof DialError || error instanceof DeadlinePassed)
      return observed('unreachable', null, new Uint8Array());
    throw error;
  } finally {
    deadline.end();
    stream?.destroy();
  }
}

/** Says the hello and gathers what comes until nothing more can be read, the far side ends it, or time is up. */
async function hear(
  stream: Duplex,
  hello: Buffer,
  deadline: Deadline,
): Promise<{ readonly bytes: Buffer; readonly ending: Ending }> {
  const parts: Buffer[] = [];
  let length = 0;
  const ended = Promise.withResolvers<Ending>();
  stream.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length >= largestFirstWords || readFirstWords(Buffer.concat(parts)).done) ended.resolve('done');
  });
  stream.once('end', () => ended.resolve('closed'));
  stream.once('close', () => ended.resolve('closed'));
  stream.on('error', (error: Error & { code?: unknown }) => ended.resolve(error.code === 'EPIPE' ? 'closed' : 'reset'));
  stream.write(hello);
  // A tunnel through a forward proxy comes paused, so that nothing of the far side is lost before somebody listens.
  stream.resume();
  const ending = await deadline.within(ended.promise).catch((error: unknown): Ending => {
    if (error instanceof DeadlinePassed) return 'timeout';
    throw error;
  });
  return { bytes: Buffer.concat(parts), ending };
}

function outcomeOf(words: FirstWords, ending: Ending): ObservedHello['outcome'] {
  if (words.notTls) return 'not-tls';
  if (words.version !== null) return 'server-hello';
  if (words.alert !== null) return 'alert';
  return ending === 'done' ? 'closed' : ending;
}

function placeOf(stream: Duplex | null): { remoteAddress: string | null; localPort: number | null } {
  const { remoteAddress, localPort } = (stream ?? {}) as { remoteAddress?: string; localPort?: number };
  return { remoteAddress: remoteAddress ?? null, localPort: localPort ?? null };
}

function showName(der: Uint8Array): string {
  try {
    return new DistinguishedName(der).toString();
  } catch (error) {
    if (error instanceof X509Error) return 'unreadable';
    throw error;
  }
}

function versionName(version: number): string {
  const known: Readonly<Record<number, string>> = {
    0x0300: 'SSL 3.0',
    0x0301: 'TLS 1.0',
    0x0302: 'TLS 1.1',
    0x0303: 'TLS 1.2',
    0x0304: 'TLS 1.3',
  };
  return known[version] ?? `0x${version.toString(16)}`;
}
