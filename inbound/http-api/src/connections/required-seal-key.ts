/** The connectors' public key, to which every secret that arrives is sealed. */
import { currentSealKey, type SealKey, type Store } from '@sallyport/store';
import { ApiProblem } from '../api-problem.ts';

/** The key to seal to; without one nothing secret can be taken. */
export async function requireSealKey(store: Store): Promise<SealKey> {
  const key = await currentSealKey(store);
  if (key !== null) return key;
  throw new ApiProblem('seal-key-missing', {
    detail: 'Secrets are sealed to a key that the first connector makes. Start a connector, then try again.',
    actor: 'operator',
    retryAfterSeconds: 5,
  });
}
