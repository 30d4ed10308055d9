/** certificatePolicies, policyMappings, policyConstraints, inhibitAnyPolicy (RFC 5280 §4.2.1.4, .5, .11, .14). */
import { readSmallInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readObjectIdentifier } from '../der/object-identifier.ts';

export const anyPolicy = '2.5.29.32.0';
/** Policies in one certificate; more are refused, so that the graph of RFC 9618 stays small. */
const maximumPolicies = 500;

export interface PolicyMapping {
  readonly issuerDomain: string;
  readonly subjectDomain: string;
}

export interface PolicyConstraints {
  /** Certificates that may follow before the restriction holds; null for none. */
  readonly requireExplicitPolicy: number | null;
  readonly inhibitPolicyMapping: number | null;
}

/** The policies, at least one, none twice. Qualifiers are checked for form and not kept. */
export function readCertificatePolicies(value: DerReader): readonly string[] {
  const sequence = value.enter(Tag.sequence);
  if (sequence.done)
    throw sequence.fault('X509_SEQUENCE_EMPTY', sequence.position, 'certificate policies without a policy');
  const policies = new Set<string>();
  while (!sequence.done) {
    const information = sequence.enter(Tag.sequence);
    const policy = readObjectIdentifier(information);
    if (policies.has(policy) || policies.size === maximumPolicies)
      throw sequence.fault(
        'X509_EXTENSION_DUPLICATE',
        sequence.start,
        `policy ${policy} stands twice, or too many policies`,
      );
    policies.add(policy);
    if (!information.done) readQualifiers(information.enter(Tag.sequence));
    information.finish();
  }
  return [...policies];
}

function readQualifiers(list: DerReader): void {
  if (list.done) throw list.fault('X509_SEQUENCE_EMPTY', list.position, 'an empty list of policy qualifiers');
  while (!list.done) {
    const qualifier = list.enter(Tag.sequence);
    readObjectIdentifier(qualifier);
    qualifier.next();
    qualifier.finish();
  }
}

/** The mappings, at least one. Whether anyPolicy may be mapped is for the path (RFC 5280 §6.1.4 (a)). */
export function readPolicyMappings(value: DerReader): readonly PolicyMapping[] {
  const sequence = value.enter(Tag.sequence);
  if (sequence.done)
    throw sequence.fault('X509_SEQUENCE_EMPTY', sequence.position, 'policy mappings without a mapping');
  const mappings: PolicyMapping[] = [];
  while (!sequence.done) {
    const pair = sequence.enter(Tag.sequence);
    mappings.push({ issuerDomain: readObjectIdentifier(pair), subjectDomain: readObjectIdentifier(pair) });
    pair.finish();
    if (mappings.length > maximumPolicies)
      throw sequence.fault('X509_INPUT_TOO_LARGE', sequence.start, `more than ${maximumPolicies} policy mappings`);
  }
  return mappings;
}

/** At least one of the two fields must be there (RFC 5280 §4.2.1.11). */
export function readPolicyConstraints(value: DerReader): PolicyConstraints {
  const sequence = value.enter(Tag.sequence);
  const requireExplicitPolicy = sequence.peek() === 0x80 ? readSmallInteger(sequence, 0x80) : null;
  const inhibitPolicyMapping = sequence.peek() === 0x81 ? readSmallInteger(sequence, 0x81) : null;
  sequence.finish();
  if (requireExplicitPolicy === null && inhibitPolicyMapping === null)
    throw sequence.fault('X509_SEQUENCE_EMPTY', value.contentStart, 'policy constraints that constrain nothing');
  return { requireExplicitPolicy, inhibitPolicyMapping };
}

/** Certificates that may follow before anyPolicy is no longer taken. */
export function readInhibitAnyPolicy(value: DerReader): number {
  return readSmallInteger(value);
}
