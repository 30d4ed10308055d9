/** The base URL of a customer's Jira: https, a host, a port, a context path, and nothing else. */
import { readIpAddress } from './ip-address.ts';

export interface BaseUrl {
  /** Host in A-label form and lower case, without a dot at its end; an address without brackets. */
  readonly host: string;
  /** Whether `host` is an address. */
  readonly hostIsAddress: boolean;
  readonly port: number;
  /** Empty, or a path that starts with a slash and does not end with one: `/jira`. */
  readonly contextPath: string;
  /** `https://host[:port]`, as a browser writes it. */
  readonly origin: string;
  /** `origin` and `contextPath`. */
  readonly href: string;
}

export interface BaseUrlFault {
  readonly code:
    | 'url-too-long'
    | 'url-malformed'
    | 'url-not-https'
    | 'url-credentials'
    | 'url-query'
    | 'url-host-invalid'
    | 'url-path-invalid';
  /** One sentence for people; never repeats a credential. */
  readonly message: string;
}

export type BaseUrlAnswer =
  | { readonly ok: true; readonly value: BaseUrl }
  | { readonly ok: false; readonly error: BaseUrlFault };

/** Characters of the whole URL. */
const longestUrl = 2_000;
/** Octets of a host name (RFC 1035 §2.3.4, without the last dot) and of one label. */
const longestHost = 253;
const longestLabel = 63;
/** A letter, digit, hyphen or underscore; IDNs have become A-labels by now. */
const labelPattern = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/;

/** Reads a base URL; an IDN becomes its A-labels (UTS 46, as the URL standard says). */
export function readBaseUrl(text: string): BaseUrlAnswer {
  if (text.length > longestUrl) return fault('url-too-long', `A URL has at most ${longestUrl} characters.`);
  // The URL parser drops tabs and line ends and trims: what a person pasted with them is better refused than changed.
  if (hasControlOrSpace(text)) return fault('url-malformed', 'A URL must not hold spaces or control characters.');
  const url = URL.parse(text);
  if (url === null || url.hostname === '')
    return fault('url-malformed', 'This is no URL such as https://jira.example.com/jira.');
  if (url.protocol !== 'https:') return fault('url-not-https', 'Connections are made over https only.');
  if (url.username !== '' || url.password !== '' || /^https:[\\/]*[^\\/]*@/i.test(text))
    return fault('url-credentials', 'A URL must not hold a user name or password.');
  if (url.search !== '' || url.hash !== '' || text.includes('?') || text.includes('#'))
    return fault('url-query', 'A base URL has no query and no fragment.');
  const host = readHost(url.hostname);
  if (host === null) return fault('url-host-invalid', 'The host of the URL is no valid host name or address.');
  const contextPath = url.pathname.replace(/\/+$/, '');
  if (text.includes('\\') || /\/\/|%2f|%5c|%00/i.test(contextPath))
    return fault('url-path-invalid', 'The path of the URL holds empty parts or encoded slashes.');
  return {
    ok: true,
    value: {
      host: host.text,
      hostIsAddress: host.isAddress,
      port: url.port === '' ? 443 : Number(url.port),
      contextPath,
      origin: url.origin.replace(/\.(?=:\d+$|$)/, ''),
      href: url.origin.replace(/\.(?=:\d+$|$)/, '') + contextPath,
    },
  };
}

export interface HostPort {
  /** As in `BaseUrl`. */
  readonly host: string;
  readonly port: number;
}

/** Reads `HOST:PORT` or `[ADDRESS]:PORT`; null where it is neither. */
export function readHostPort(text: string): HostPort | null {
  if (text.length > longestHost + 8 || hasControlOrSpace(text)) return null;
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:/?#@\\[\]]+):([0-9]{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port < 1 || port > 65_535) return null;
  const url = URL.parse(`https://${match[1] ?? ''}/`);
  const host = url === null ? null : readHost(url.hostname);
  return host === null ? null : { host: host.text, port };
}

/** The host of a URL that the URL parser has taken: name or address; null where it is neither. */
export function readHost(hostname: string): { text: string; isAddress: boolean } | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (readIpAddress(bare) !== null) return { text: bare, isAddress: true };
  const name = bare.endsWith('.') ? bare.slice(0, -1) : bare;
  if (name.length === 0 || name.length > longestHost) return null;
  const labels = name.split('.');
  const valid = labels.every((label) => label.length <= longestLabel && labelPattern.test(label));
  return valid ? { text: name, isAddress: false } : null;
}

/** Whether a text holds what the URL parser would silently drop. */
export function hasControlOrSpace(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code === 0x7f) return true;
  }
  return false;
}

function fault(code: BaseUrlFault['code'], message: string): BaseUrlAnswer {
  return { ok: false, error: { code, message } };
}
