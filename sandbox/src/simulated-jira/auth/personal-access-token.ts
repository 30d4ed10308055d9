/** `Authorization: Bearer`: a personal access token (8.14 and later). It is not subject to the CAPTCHA. */
import { timingSafeEqual } from 'node:crypto';
import type { User } from '../issues/issue.ts';
import type { SignIn } from './sign-in.ts';

export function signInByToken(authorization: string | undefined, token: string, user: User): SignIn {
  const [, sent] = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  if (sent === undefined) return { kind: 'not-offered' };
  if (isSame(sent, token)) return { kind: 'user', user, by: 'personal-access-token' };
  return {
    kind: 'refused',
    status: 401,
    headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
    body: JSON.stringify({ message: 'Client must be authenticated to access this resource.', 'status-code': 401 }),
    isHtml: false,
  };
}

/** Compares in a time that tells nothing about where two texts differ. */
export function isSame(one: string, other: string): boolean {
  const [oneBytes, otherBytes] = [Buffer.from(one), Buffer.from(other)];
  return oneBytes.length === otherBytes.length && timingSafeEqual(oneBytes, otherBytes);
}
