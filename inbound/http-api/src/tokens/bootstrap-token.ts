/** The token that automation brings at first start. */
import { hasPeople, housekeepingScope, insertToken, listTokens, type Store } from '@sallyport/store';
import { secretTokenHash } from '../session/secret-token.ts';

/** Shorter ones could be guessed. */
const shortestToken = 20;

/** The setting is too short to be a secret, or holds what no Bearer token can. */
export class BootstrapTokenError extends Error {
  readonly code = 'configuration';
  constructor() {
    super(`SALLYPORT_BOOTSTRAP_TOKEN needs at least ${shortestToken} characters of A-Z a-z 0-9 . _ ~ + / = -`);
  }
}

/**
 * Keeps the hash of `token` at first start, that is while there is neither an operator nor any token; later it is
 * left alone, so that a revoked one does not come back. Gives whether it was taken.
 */
export async function keepBootstrapToken(store: Store, token: string): Promise<boolean> {
  if (token.length < shortestToken || !/^[A-Za-z0-9._~+/=-]+$/.test(token)) throw new BootstrapTokenError();
  if ((await hasPeople(store)) || (await listTokens(store)).length > 0) return false;
  const kept = await insertToken(store, housekeepingScope('bootstrap'), {
    tokenSha256: secretTokenHash(token),
    personId: null,
    name: 'bootstrap',
  });
  return kept !== null;
}
