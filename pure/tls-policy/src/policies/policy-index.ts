/** Every policy, by id. */
import type { TlsPolicy, TlsPolicyId } from '../tls-policy.ts';
import { tls12Four } from './tls12-four.ts';
import { tls12Six } from './tls12-six.ts';
import { tls13 } from './tls13.ts';

export const tlsPolicies: readonly TlsPolicy[] = [tls12Six, tls12Four, tls13];

/** The policy of an id; null where there is none of that name. */
export function tlsPolicy(id: string): TlsPolicy | null {
  return tlsPolicies.find((policy) => policy.id === id) ?? null;
}

/** The policy of an id that is known to exist. */
export function tlsPolicyOf(id: TlsPolicyId): TlsPolicy {
  return { 'tls12-six': tls12Six, 'tls12-four': tls12Four, tls13 }[id];
}

export const defaultTlsPolicy: TlsPolicy = tls12Six;
