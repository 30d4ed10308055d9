/** The URL of a forward proxy: http or https, a host, a port, and nothing else; never a credential. */
import { hasControlOrSpace, readHost } from './base-url.ts';

export interface ProxyUrl {
  /** How the proxy itself is spoken to; what passes through it is TLS either way. */
  readonly scheme: 'http' | 'https';
  /** In A-label form and lower case, or an address without brackets. */
  readonly host: string;
  readonly port: number;
  /** `scheme://host:port`, the port always written: it can be shown and logged. */
  readonly href: string;
}

export interface ProxyUrlFault {
  readonly code:
    | 'proxy-url-too-long'
    | 'proxy-url-malformed'
    | 'proxy-url-scheme'
    | 'proxy-url-credentials'
    | 'proxy-url-path'
    | 'proxy-url-host-invalid';
  /** One sentence for people; never repeats the text, which may hold a password. */
  readonly message: string;
}

export type ProxyUrlAnswer =
  | { readonly ok: true; readonly value: ProxyUrl }
  | { readonly ok: false; readonly error: ProxyUrlFault };

/** Characters of the whole URL. */
const longestUrl = 500;

/** Reads the URL of a forward proxy. Where no port is written, it is the scheme's: 80 or 443. */
export function readProxyUrl(text: string): ProxyUrlAnswer {
  if (text.length > longestUrl)
    return fault('proxy-url-too-long', `The URL of a proxy has at most ${longestUrl} characters.`);
  if (hasControlOrSpace(text))
    return fault('proxy-url-malformed', 'The URL of a proxy must not hold spaces or control characters.');
  const url = URL.parse(text);
  if (url === null || url.hostname === '')
    return fault('proxy-url-malformed', 'This is no URL of a proxy, such as http://proxy.example.com:3128.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return fault('proxy-url-scheme', 'A forward proxy is reached over http or https.');
  // Also an empty user name: the parser drops it, and what follows could be taken for a password.
  if (url.username !== '' || url.password !== '' || text.includes('@'))
    return fault('proxy-url-credentials', 'The URL of a proxy must not hold a user name or password.');
  if ((url.pathname !== '/' && url.pathname !== '') || /[?#\\]/.test(text))
    return fault('proxy-url-path', 'The URL of a proxy has no path, query or fragment.');
  const host = readHost(url.hostname);
  if (host === null) return fault('proxy-url-host-invalid', "The proxy's host is no valid host name or address.");
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port);
  const shownHost = host.text.includes(':') ? `[${host.text}]` : host.text;
  return { ok: true, value: { scheme, host: host.text, port, href: `${scheme}://${shownHost}:${port}` } };
}

function fault(code: ProxyUrlFault['code'], message: string): ProxyUrlAnswer {
  return { ok: false, error: { code, message } };
}
