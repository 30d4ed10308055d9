/** What `validate` is given. */
import type { Certificate } from './certificate.ts';
import type { UtcInstant } from './instant.ts';
import type { RevocationInput } from './revocation-input.ts';
import type { SignatureMemory } from './signature/signature-memory.ts';
import type { SignatureVerifier } from './signature/verify-signature.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import type { ValidationPolicy } from './validation-policy.ts';

/** What the end entity is to be used for; `any` asks for no purpose. */
export type Purpose = 'serverAuth' | 'clientAuth' | 'any';

/** The name that the end entity must bear, as the user knows it: a host in A-label form, an address, a mailbox. */
export interface ReferenceName {
  readonly kind: 'dns' | 'ip' | 'email';
  readonly value: string;
}

export interface ValidationInput {
  readonly leaf: Uint8Array | Certificate;
  /** Certificates that may help, in any order: duplicates, cross-signs, loops and junk are expected. */
  readonly others: readonly (Uint8Array | Certificate)[];
  readonly anchors: readonly TrustAnchor[];
  readonly at: UtcInstant;
  readonly purpose: Purpose;
  /** Null: no name is asked for, and the report says so. */
  readonly name: ReferenceName | null;
  readonly policy: ValidationPolicy;
  readonly revocation: RevocationInput;
  /** Remembers verified signatures of intermediates between calls; absent: nothing is remembered. */
  readonly memory?: SignatureMemory;
  /** Checks signatures; default node:crypto. */
  readonly verifySignature?: SignatureVerifier;
}
