/** Random secrets of which only the hash is stored. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes, base64url: session tokens, API tokens, one-time links. A prefix makes a leaked one recognisable. */
export function newSecretToken(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is stored. A fast hash is enough: 256 random bits cannot be guessed. */
export function secretTokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Compares without telling by time where two texts differ. */
export function equalSecrets(a: string, b: string): boolean {
  return timingSafeEqual(secretTokenHash(a), secretTokenHash(b));
}
