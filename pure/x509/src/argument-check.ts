/**
 * Arguments of callers without types: the package is used from JavaScript, too. A mode that is misspelt, or an instant that is no number, would
 * otherwise compare as false and let pass what it was to refuse.
 */
import { checkProfile, invalid } from './profile-check.ts';
import type { RevocationInput } from './revocation-input.ts';
import type { ValidationInput } from './validation-input.ts';
import type { ValidationPolicy } from './validation-policy.ts';

const modes: readonly unknown[] = ['hard', 'soft', 'off'];
const purposes: readonly unknown[] = ['serverAuth', 'clientAuth', 'any'];
const nameKinds: readonly unknown[] = ['dns', 'ip', 'email'];

/** @throws X509Error `X509_ARGUMENT_INVALID`, naming the member */
export function checkValidationInput(input: ValidationInput): void {
  const { at, name, purpose, policy, revocation, anchors, others } = input;
  checkInstant(at);
  if (!purposes.includes(purpose)) throw invalid('purpose', "'serverAuth', 'clientAuth' or 'any'");
  if (name === undefined || (name !== null && (!nameKinds.includes(name.kind) || typeof name.value !== 'string')))
    throw invalid('name', "null, or a kind ('dns', 'ip', 'email') with its value");
  if (!Array.isArray(anchors)) throw invalid('anchors', 'a list');
  if (!Array.isArray(others)) throw invalid('others', 'a list');
  checkPolicy(policy);
  checkRevocationInput(revocation);
}

/** @throws X509Error `X509_ARGUMENT_INVALID` */
export function checkInstant(at: unknown): void {
  if (typeof at !== 'number' || !Number.isFinite(at)) throw invalid('at', 'an instant made by utcInstant()');
}

/** @throws X509Error `X509_ARGUMENT_INVALID` */
export function checkPolicy(policy: ValidationPolicy | undefined): void {
  checkProfile(policy?.profile);
  const sizes = [policy?.minimumRsaBits, policy?.maximumRsaBits, ...Object.values(policy?.budget ?? {})];
  if (policy?.rules === undefined || policy.budget === undefined || !sizes.every((size) => Number.isFinite(size)))
    throw invalid('policy', 'a policy made by validationPolicy()');
}

/** @throws X509Error `X509_ARGUMENT_INVALID` */
export function checkRevocationInput(revocation: RevocationInput | undefined): void {
  if (!modes.includes(revocation?.mode)) throw invalid('revocation.mode', "'hard', 'soft' or 'off'");
  if (!Array.isArray(revocation?.crls) || !Array.isArray(revocation.ocspResponses))
    throw invalid('revocation', 'a mode with lists of crls and ocspResponses');
  for (const member of ['gracePeriodMilliseconds', 'maximumOcspAgeMilliseconds'] as const) {
    const duration = revocation[member];
    if (duration !== undefined && !(Number.isFinite(duration) && duration >= 0))
      throw invalid(`revocation.${member}`, 'a finite number of milliseconds');
  }
}
