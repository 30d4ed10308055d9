/** How enforcers refuse a client certificate in HTTP, after a handshake that looked well. */

export interface EnforcerRefusal {
  /** `missing`: none was sent; `not-accepted`: ours was. */
  readonly kind: 'missing' | 'not-accepted';
  /** The words by which it was recognised. */
  readonly words: string;
}

/** Pages of nginx, and of gateways that are made of it; nginx's own codes 495 and 496 are seen where a server maps them. */
const pages: readonly { readonly pattern: RegExp; readonly kind: EnforcerRefusal['kind'] }[] = [
  { pattern: /No required SSL certificate was sent/i, kind: 'missing' },
  { pattern: /The SSL certificate error/i, kind: 'not-accepted' },
];

/** IIS: 403.7 client certificate required; 403.13 revoked, 403.16 not trusted, 403.17 expired. */
const iisPage = /\b403\.(7|13|16|17)\b/;

/** Null where the answer is no refusal of a certificate, whatever else it is. */
export function readEnforcerRefusal(status: number, body: string): EnforcerRefusal | null {
  if (status === 495) return { kind: 'not-accepted', words: 'HTTP 495' };
  if (status === 496) return { kind: 'missing', words: 'HTTP 496' };
  if (status === 400) {
    for (const { pattern, kind } of pages) {
      const words = pattern.exec(body)?.[0];
      if (words !== undefined) return { kind, words };
    }
  }
  const iis = status === 403 ? iisPage.exec(body)?.[0] : undefined;
  return iis === undefined ? null : { kind: iis === '403.7' ? 'missing' : 'not-accepted', words: `HTTP ${iis}` };
}
