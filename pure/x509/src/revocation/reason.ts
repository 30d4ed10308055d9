/** Reasons of a revocation: CRLReason (RFC 5280 §5.3.1) of an entry, ReasonFlags (§4.2.1.13) of a scope. */

/** Names by CRLReason number; 7 is not used. */
const reasonNames: readonly (string | null)[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  null,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
];

/** CRLReason of an entry of a delta CRL that takes back an earlier one. */
export const removeFromCrl = 8;

/** ReasonFlags bits 1 to 8: keyCompromise to aACompromise. "Not revoked" is said only when all of them are covered (RFC 5280 §6.3.3). */
export const allReasons = 0x1fe;

/** Does the number stand for a reason? */
export function isReason(code: number): boolean {
  return (reasonNames[code] ?? null) !== null;
}

/** `keyCompromise` and so on; `unspecified` where the entry says nothing. */
export function showReason(code: number | null): string {
  return reasonNames[code ?? 0] ?? `reason ${code}`;
}
