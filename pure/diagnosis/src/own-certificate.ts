/** What we can say of our own certificate without the far side: it is first looked for on our side. */
import type { Facts } from './facts.ts';
import { areOfOneFamily, namesInText, saysIntermediate } from './name-families.ts';
import type { Certainty } from './rule.ts';

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

/** The issuer of our issuer, where its certificate was seen, is among the authorities that the far side names. */
export function issuerAboveIsAccepted({ observations: { ownIssuer }, main }: Facts): boolean {
  return ownIssuer !== undefined && (main?.certificateRequest?.authorities ?? []).includes(ownIssuer.issuer);
}

/**
 * How sure it is that what we send lacks an intermediate; null where nothing speaks for it. Certain only by the issuer's own certificate:
 * names of one organisation are a hint and no more, since one organisation has several roots.
 */
export function mayLackIntermediate(facts: Facts): Certainty | null {
  const { ours, main } = facts;
  if (ours === null || ours.chainLength > 1 || ours.selfIssued || issuerIsAccepted(facts)) return null;
  const { ownIssuer } = facts.observations;
  if (ownIssuer?.selfIssued === true) return null;
  if (issuerAboveIsAccepted(facts)) return 'certain';
  if (ownIssuer !== undefined || saysIntermediate(ours.issuerNames)) return 'likely';
  const authorities = main?.certificateRequest?.authorities ?? [];
  return areOfOneFamily(ours.issuerNames, authorities.flatMap(namesInText)) ? 'possible' : null;
}
