/** The link that creates the first operator: printed once where Sallyport was started, its hash stored, and it expires. */
import { hasPeople, insertSignInLink, type Store } from '@sallyport/store';
import { newSecretToken, secretTokenHash } from '../session/secret-token.ts';

const linkHours = 24;

/**
 * The address of a new one-time link below `origin`, or null when there is an operator already. Links that were
 * printed before go on until they expire, or until there is an operator. The token stands behind `#`, so that it reaches no server log.
 */
export async function makeFirstOperatorLink(store: Store, origin: string): Promise<string | null> {
  if (await hasPeople(store)) return null;
  const token = newSecretToken();
  await insertSignInLink(store, secretTokenHash(token), new Date(Date.now() + linkHours * 3_600_000));
  return `${origin}/first-operator#${token}`;
}
