import type { ExtensionSet } from '../extensions/extension-set.ts';
import type { UtcInstant } from '../instant.ts';
import type { DistinguishedName } from '../name/distinguished-name.ts';
import type { SignatureAlgorithm } from '../signature/signature-algorithm.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { CrlEntry } from './crl-entry.ts';
import type { IssuingDistributionPoint } from './issuing-distribution-point.ts';

/** What judging asks of a CRL, wherever its bytes lie. */
export interface RevocationList {
  /** Where it came from, for the report: an address, or whoever gave it. Null: nobody says. */
  readonly origin: string | null;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: UtcInstant;
  readonly nextUpdate: UtcInstant | null;
  readonly extensions: ExtensionSet;
  readonly crlNumber: Uint8Array | null;
  readonly baseNumber: Uint8Array | null;
  readonly distributionPoint: IssuingDistributionPoint | null;
  readonly unknownCritical: string | null;
  readonly signatureAlgorithm: Uint8Array;
  findOf(serialNumber: Uint8Array, issuer: DistinguishedName): CrlEntry | null;
  verifiedBy(
    verify: SignatureVerifier,
    algorithm: SignatureAlgorithm,
    key: SubjectPublicKey,
  ): ReturnType<SignatureVerifier>;
}
