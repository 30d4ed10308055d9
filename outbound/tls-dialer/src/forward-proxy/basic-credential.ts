/** User name and password for a proxy (RFC 7617): checked once, written once, never shown. */
import type { ProxyAuthentication } from './forward-proxy.ts';

/** UTF-16 code units of each part. */
const longestPart = 1_024;

/** Null where the two cannot be sent: a colon in the user name would move the border, a control character is not allowed. */
export function basicAuthentication(user: string, password: string): ProxyAuthentication | null {
  const usable = (text: string): boolean => text.length <= longestPart && !/\p{Cc}/u.test(text);
  if (user === '' || user.includes(':') || !usable(user) || !usable(password)) return null;
  return { kind: 'basic', user, password };
}

/** Reads `user:password`, as a file of one line holds it. */
export function readBasicCredential(text: string): ProxyAuthentication | null {
  const line = text.replace(/\r?\n$/, '');
  const colon = line.indexOf(':');
  return colon < 1 ? null : basicAuthentication(line.slice(0, colon), line.slice(colon + 1));
}

/** Value of Proxy-Authorization; null where nothing is shown. */
export function proxyAuthorization(authentication: ProxyAuthentication): string | null {
  if (authentication.kind === 'none') return null;
  return `Basic ${Buffer.from(`${authentication.user}:${authentication.password}`, 'utf8').toString('base64')}`;
}
