/**
 * Basic, with Jira's lock: after three wrong passwords the account answers 403 with CAPTCHA headers, also to the right
 * password, until a person has solved the CAPTCHA in a browser (here: the control port).
 */
import type { User } from '../issues/issue.ts';
import { isSame } from './personal-access-token.ts';
import type { SignIn } from './sign-in.ts';

/** Jira's usual setting, "Maximum Authentication Attempts Allowed". */
const mostFailures = 3;

export class BasicSignIn {
  readonly #password: string;
  readonly #user: User;
  readonly #loginUrl: string;
  #failures = 0;

  constructor(user: User, password: string, loginUrl: string) {
    this.#user = user;
    this.#password = password;
    this.#loginUrl = loginUrl;
  }

  get isLocked(): boolean {
    return this.#failures >= mostFailures;
  }

  /** What a person does by solving the CAPTCHA. */
  unlock(): void {
    this.#failures = 0;
  }

  signIn(authorization: string | undefined): SignIn {
    const [, encoded] = /^Basic\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
    if (encoded === undefined) return { kind: 'not-offered' };
    const decoded = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    const name = decoded.slice(0, Math.max(colon, 0)).toLowerCase();
    const isOurs = name === this.#user.name;
    if (isOurs && this.isLocked) return this.#denied();
    if (isOurs && isSame(decoded.slice(colon + 1), this.#password)) {
      this.#failures = 0;
      return { kind: 'user', user: this.#user, by: 'basic' };
    }
    if (isOurs) this.#failures += 1;
    return {
      kind: 'refused',
      status: 401,
      headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED', 'www-authenticate': 'OAuth realm="SANDBOX"' },
      body: errorPage('Unauthorized (401)', 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED'),
      isHtml: true,
    };
  }

  #denied(): SignIn {
    return {
      kind: 'refused',
      status: 403,
      headers: {
        'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
        'x-authentication-denied-reason': `CAPTCHA_CHALLENGE; login-url=${this.#loginUrl}`,
      },
      body: errorPage('Forbidden (403)', 'Basic Authentication Failure - Reason : AUTHENTICATION_DENIED'),
      isHtml: true,
    };
  }
}

function errorPage(title: string, reason: string): string {
  return `<html><head><title>SANDBOX - ${title}</title></head><body><h1>${title}</h1><p>Encountered a <code>"${title}"</code> error while loading this page.</p><p>${reason}</p></body></html>`;
}
