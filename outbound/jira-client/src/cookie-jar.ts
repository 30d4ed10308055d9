/**
 * Cookies of one connection, in memory only. They keep all pages on one node of a Data Center and spare Jira a new
 * session for each request; the Authorization header is sent all the same.
 */
const mostCookies = 50;
const longestCookie = 4_096;
const cookieForm = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*|"[^"\r\n;]*")/;

export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes the `Set-Cookie` headers of an answer; what is not well formed, or too much, is left out. */
  take(setCookie: string | readonly string[] | undefined): void {
    for (const line of setCookie === undefined ? [] : typeof setCookie === 'string' ? [setCookie] : setCookie) {
      if (line.length > longestCookie) continue;
      const [, name, value] = cookieForm.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === '' || /;\s*max-age=(0|-\d+)\s*(;|$)/i.test(line)) this.#cookies.delete(name);
      else if (this.#cookies.has(name) || this.#cookies.size < mostCookies) this.#cookies.set(name, value);
    }
  }

  /** The value of the Cookie header; null when there is none. */
  header(): string | null {
    if (this.#cookies.size === 0) return null;
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  clear(): void {
    this.#cookies.clear();
  }
}
