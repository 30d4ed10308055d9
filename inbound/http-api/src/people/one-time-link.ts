/** Links that make a person: the first operator's is printed where Sallyport was started, others are made by who is there. Only hashes are stored, and they expire. */
import { hasPeople, insertInvitation, insertSignInLink, type Scope, type Store } from '@sallyport/store';
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

/** The one-time token of an invitation, and when it expires. It is shown once, to who invites. */
export async function makeInvitation(
  store: Store,
  scope: Scope,
  invitedBy: string,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = newSecretToken();
  const expiresAt = new Date(Date.now() + linkHours * 3_600_000);
  await insertInvitation(store, scope, { tokenSha256: secretTokenHash(token), expiresAt, invitedBy });
  return { token, expiresAt };
}
