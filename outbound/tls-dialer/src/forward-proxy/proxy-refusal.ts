/** What a proxy says other than yes, told apart: each with a sentence for people and who can act. */
import { DialError } from '../dial-error.ts';
import type { ConnectAnswer } from './connect-answer.ts';
import type { ProxyAuthentication } from './forward-proxy.ts';

/** Null where the answer opens the tunnel: any 2xx (RFC 9110 §9.3.6). @param proxy the proxy's URL, which holds no credential */
export function proxyRefusal(
  answer: Pick<ConnectAnswer, 'status' | 'schemes' | 'reason'>,
  proxy: string,
  place: string,
  authentication: ProxyAuthentication['kind'],
): DialError | null {
  const { status, schemes } = answer;
  if (status >= 200 && status < 300) return null;
  if (status === 407)
    return new DialError(
      'proxy-authentication-required',
      authenticationWords(proxy, schemes, authentication),
      'operator',
    );
  if (status === 403)
    return new DialError(
      'proxy-forbidden',
      `The forward proxy ${proxy} does not allow us to reach ${place} (403${because(answer.reason)}); its rules must name it.`,
      'network-team',
    );
  if ((status >= 502 && status <= 504) || (status === 500 && answer.reason !== null && unreached.test(answer.reason)))
    return new DialError(
      'proxy-bad-gateway',
      `The forward proxy ${proxy} does not reach ${place} (${status}${because(answer.reason)}).`,
      'network-team',
    );
  return proxyProtocolError(proxy, `it answered CONNECT with status ${status}${because(answer.reason)}`);
}

/** squid says 500 as well where it found no way to the target. */
const unreached = /^ERR_(CANNOT_FORWARD|CONNECT_FAIL|DNS_FAIL)/;

/** The proxy did not keep to the protocol. @param what ends the sentence */
export function proxyProtocolError(proxy: string, what: string): DialError {
  return new DialError('proxy-protocol-error', `The forward proxy ${proxy} cannot be used: ${what}.`, 'network-team');
}

function authenticationWords(proxy: string, schemes: readonly string[], kind: ProxyAuthentication['kind']): string {
  const offered = [...new Set(schemes)].slice(0, 5).join(', ');
  if (schemes.length > 0 && !schemes.some((scheme) => scheme.toLowerCase() === 'basic'))
    return `The forward proxy ${proxy} asks for authentication by ${offered} only (407); we can show a user name and password (Basic) or nothing.`;
  return kind === 'none'
    ? `The forward proxy ${proxy} asks for a user name and password (407), and none is set for it.`
    : `The forward proxy ${proxy} does not accept the user name and password that are set for it (407).`;
}

function because(reason: string | null): string {
  return reason === null ? '' : `, ${reason}`;
}
