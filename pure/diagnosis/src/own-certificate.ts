/** What we can say of our own certificate without the far side: it is first looked for on our side. */
import type { Facts } from './facts.ts';

/** Nothing is wrong with it that we could know: dates, usage, revocation, size. */
export function isWellFormed({ ours, at }: Facts): boolean {
  if (ours === null) return false;
  const isInTime = Date.parse(ours.notBefore) <= at && at <= Date.parse(ours.notAfter);
  const isStrong = !ours.keyKind.startsWith('rsa') || ours.keyBits === 0 || ours.keyBits >= 2048;
  return isInTime && isStrong && ours.clientAuth !== false && ours.revocation !== 'revoked';
}

/** An issuer of what we send is among the authorities that the far side names; false where it names none. */
export function issuerIsAccepted({ ours, main }: Facts): boolean {
  const authorities = main?.certificateRequest?.authorities ?? [];
  return authorities.length === 0 ? false : (ours?.chainIssuers ?? []).some((issuer) => authorities.includes(issuer));
}
