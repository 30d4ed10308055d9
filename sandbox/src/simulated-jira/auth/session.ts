/** JSESSIONID: a request that signs in without a cookie makes a session; the cookie alone then signs in, too. */
import { randomBytes } from 'node:crypto';
import type { User } from '../issues/issue.ts';
import type { SignIn } from './sign-in.ts';

/** A client that drops its cookies makes one session a request; the oldest make place. */
const mostSessions = 5_000;

export class Sessions {
  readonly #users = new Map<string, User>();
  #made = 0;

  /** How many were ever made: one a connector is good, one a request is not. */
  get made(): number {
    return this.#made;
  }

  signIn(cookie: string | undefined): SignIn {
    const user = this.#users.get(sessionOf(cookie) ?? '');
    return user === undefined ? { kind: 'not-offered' } : { kind: 'user', user, by: 'session' };
  }

  /** The Set-Cookie values for a request of `user`; none where its session is known. */
  cookies(cookie: string | undefined, user: User, path: string): readonly string[] {
    if (this.#users.get(sessionOf(cookie) ?? '') === user) return [];
    const [oldest] = this.#users.keys();
    if (this.#users.size >= mostSessions && oldest !== undefined) this.#users.delete(oldest);
    const session = randomBytes(16).toString('hex').toUpperCase();
    this.#users.set(session, user);
    this.#made += 1;
    return [`JSESSIONID=${session}; Path=${path}; Secure; HttpOnly`, `JIRANODE=node1; Path=${path}; Secure; HttpOnly`];
  }

  clear(): void {
    this.#users.clear();
  }
}

function sessionOf(cookie: string | undefined): string | undefined {
  return /(?:^|;\s*)JSESSIONID=([0-9A-F]+)/.exec(cookie ?? '')?.[1];
}
