/** CONNECT to one host and port, and its answer; bytes behind the answer go back into the stream, for the gate. */
import type { Duplex } from 'node:stream';
import { Deadline, DeadlinePassed } from '../deadline.ts';
import { DialError } from '../dial-error.ts';
import { proxyAuthorization } from './basic-credential.ts';
import { ConnectAnswerFault, ConnectAnswerReader } from './connect-answer.ts';
import type { ConnectAnswer } from './connect-answer.ts';
import type { ProxyAuthentication } from './forward-proxy.ts';
import { proxyProtocolError, proxyRefusal } from './proxy-refusal.ts';

/** Milliseconds for the answer, however it comes: what drips does not get more. */
const answerDeadlineMilliseconds = 10_000;

export interface TunnelRequest {
  /** The proxy's URL, for sentences. */
  readonly proxy: string;
  /** `host:port` of the target, an IPv6 address in brackets. */
  readonly authority: string;
  readonly authentication: ProxyAuthentication;
}

/**
 * Resolves to the answer's status when the stream leads to the target. The stream is paused then, and nothing listens to it any more.
 * @throws DialError with one of the codes `proxy-…`
 */
export async function openTunnel(
  stream: Duplex,
  request: TunnelRequest,
  deadline: Deadline,
  onStatus: (status: number) => void,
): Promise<void> {
  const own = new Deadline(answerDeadlineMilliseconds);
  try {
    const answer = await deadline.within(own.within(ask(stream, request)));
    onStatus(answer.status);
    const refusal = proxyRefusal(answer, request.proxy, request.authority, request.authentication.kind);
    if (refusal !== null) throw refusal;
    if (answer.rest.length > 0) stream.unshift(answer.rest);
  } catch (error) {
    stream.destroy();
    if (!(error instanceof DeadlinePassed)) throw error;
    throw new DialError(
      'proxy-timeout',
      `The forward proxy ${request.proxy} did not answer in time whether it reaches ${request.authority}; it may be waiting for it in vain.`,
      'network-team',
    );
  } finally {
    own.end();
  }
}

function ask(stream: Duplex, { proxy, authority, authentication }: TunnelRequest): Promise<ConnectAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ConnectAnswer>();
  const reader = new ConnectAnswerReader();
  const settle = (then: () => void): void => {
    stream.off('data', take);
    stream.off('end', ended);
    stream.off('close', ended);
    stream.pause();
    then();
  };
  const take = (bytes: Buffer): void => {
    try {
      const answer = reader.take(bytes);
      if (answer !== null) settle(() => resolve(answer));
    } catch (error) {
      if (!(error instanceof ConnectAnswerFault)) throw error;
      settle(() => reject(proxyProtocolError(proxy, error.message)));
    }
  };
  const ended = (): void =>
    settle(() =>
      reject(
        proxyProtocolError(
          proxy,
          reader.begun
            ? 'it closed the connection in the middle of its answer'
            : 'it closed the connection without an answer',
        ),
      ),
    );
  // A reset comes as an error and then as a close; whoever gets the stream next listens to errors of its own.
  stream.on('error', () => undefined);
  stream.on('data', take);
  stream.once('end', ended);
  stream.once('close', ended);
  const authorization = proxyAuthorization(authentication);
  const fields = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    'User-Agent: Sallyport',
    ...(authorization === null ? [] : [`Proxy-Authorization: ${authorization}`]),
  ];
  stream.write(`${fields.join('\r\n')}\r\n\r\n`, 'latin1');
  return promise;
}
