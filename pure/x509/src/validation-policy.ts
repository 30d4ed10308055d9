/** What the validator asks for: a profile, its rules as named options, sizes, and budgets. */
import { checkProfile } from './profile-check.ts';
import { anyPolicy } from './extensions/certificate-policies.ts';

/**
 * `rfc5280`: the RFC as written, issuer's duties included. `webpki`: the CA/Browser Forum's rules on top, which contradict the RFC in places
 * (a CA as end entity, name constraints that are not critical): a switch, not a mixture.
 */
export type Profile = 'rfc5280' | 'webpki';

/** Rules that profiles set differently. Each is asked for by one file of `path/`. */
export interface ProfileRules {
  /** Serial numbers are positive and at most 20 octets (RFC 5280 §4.1.2.2). */
  readonly positiveSerialNumber: boolean;
  /** UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). */
  readonly validityForm: boolean;
  /** Key identifiers are there where RFC 5280 §4.2.1.1, §4.2.1.2 ask for them, and not critical. */
  readonly keyIdentifiers: boolean;
  /** A CRL has a CRL number (RFC 5280 §5.2.3). */
  readonly crlNumber: boolean;
  /** basicConstraints of a CA is critical (RFC 5280 §4.2.1.9). */
  readonly criticalBasicConstraints: boolean;
  /** nameConstraints is critical (RFC 5280 §4.2.1.10). */
  readonly criticalNameConstraints: boolean;
  /** policyConstraints and inhibitAnyPolicy are critical (RFC 5280 §4.2.1.11, §4.2.1.14). */
  readonly criticalPolicyConstraints: boolean;
  /** The end entity may be a CA certificate. */
  readonly endEntityMayBeAuthority: boolean;
  /** keyCertSign appears only with cA TRUE (RFC 5280 §4.2.1.9). */
  readonly certSignOnlyWithAuthority: boolean;
  /** The end entity must have an extKeyUsage (Baseline Requirements 7.1.2.7.6). */
  readonly extendedKeyUsageRequired: boolean;
  /** anyExtendedKeyUsage stands for every purpose; otherwise it must not stand in an end entity. */
  readonly anyExtendedKeyUsage: boolean;
  /** extKeyUsage must not be critical in the end entity (Baseline Requirements 7.1.2.7.6). */
  readonly extendedKeyUsageNotCritical: boolean;
  /** A root that policy judges carries no extKeyUsage (Baseline Requirements 7.1.2.1.2). */
  readonly rootWithoutExtendedKeyUsage: boolean;
  /** A critical subjectAltName only where the subject is empty (Baseline Requirements 7.1.2.7.12). */
  readonly criticalAlternativeNameOnlyWithoutSubject: boolean;
  /** A common name must be among the alternative names (Baseline Requirements 7.1.4.3). */
  readonly commonNameAmongAlternativeNames: boolean;
  /** The key usage of the end entity fits its purpose (RFC 5280 §4.2.1.12). */
  readonly keyUsageFitsPurpose: boolean;
  /** DNS names of the end entity are in preferred name syntax: no underscore, no address, `*` as whole left-most label only (RFC 5280 §4.2.1.6). */
  readonly preferredDnsSyntax: boolean;
  /** RSA moduli are of whole octets (Baseline Requirements 6.1.5). */
  readonly rsaModulusOfOctets: boolean;
  /** Authority key identifier of issuer and serial number is refused (Baseline Requirements 7.1.2.11.1). */
  readonly authorityKeyIdentifierByKeyOnly: boolean;
  /** RSA exponent at least 65537 (Baseline Requirements 6.1.6). */
  readonly largeRsaExponent: boolean;
  /** Wildcards directly under a public suffix of one label are refused. */
  readonly wildcardNotUnderTopLevel: boolean;
  /** Certificates are of version 3 (Baseline Requirements 7.1.1). */
  readonly versionThree: boolean;
  /** The end entity may be an anchor itself. */
  readonly endEntityMayBeAnchor: boolean;
  /** Certificates that are also judged as such: the anchor, when it was given as a certificate. RFC 5280 §6.1.1 (d) asks for name and key only. */
  readonly judgeAnchorCertificate: boolean;
}

/** Work that one validation may do. Exhausted: the answer is a refusal with `X509_BUDGET_EXHAUSTED`. */
export interface Budget {
  /** Signature checks, weighed: one P-256 check is 1 (about 40 µs), others by their cost. */
  readonly signatureUnits: number;
  /** Issuers looked at while building. */
  readonly buildingSteps: number;
  /** Complete paths judged. */
  readonly judgedPaths: number;
  /** Comparisons of a name with a constraint. */
  readonly nameComparisons: number;
  /** Intermediates in one path, those that are self-issued not counted. */
  readonly intermediates: number;
}

export interface ValidationPolicy {
  readonly profile: Profile;
  readonly rules: ProfileRules;
  /** RSA modulus in bits, inclusive. */
  readonly minimumRsaBits: number;
  readonly maximumRsaBits: number;
  readonly budget: Budget;
  /** Inputs of RFC 5280 §6.1.1 (c), (e), (f), (g). */
  readonly initialPolicySet: readonly string[];
  readonly initialExplicitPolicy: boolean;
  readonly initialPolicyMappingInhibit: boolean;
  readonly initialAnyPolicyInhibit: boolean;
}

export const defaultBudget: Budget = {
  signatureUnits: 100,
  buildingSteps: 5_000,
  judgedPaths: 200,
  nameComparisons: 100_000,
  intermediates: 10,
};

const rfc5280Rules: ProfileRules = {
  positiveSerialNumber: true,
  validityForm: true,
  keyIdentifiers: true,
  crlNumber: true,
  criticalBasicConstraints: true,
  criticalNameConstraints: true,
  criticalPolicyConstraints: true,
  endEntityMayBeAuthority: true,
  certSignOnlyWithAuthority: true,
  extendedKeyUsageRequired: false,
  anyExtendedKeyUsage: true,
  extendedKeyUsageNotCritical: false,
  rootWithoutExtendedKeyUsage: false,
  criticalAlternativeNameOnlyWithoutSubject: false,
  commonNameAmongAlternativeNames: false,
  keyUsageFitsPurpose: true,
  preferredDnsSyntax: true,
  rsaModulusOfOctets: false,
  authorityKeyIdentifierByKeyOnly: false,
  largeRsaExponent: false,
  wildcardNotUnderTopLevel: true,
  versionThree: false,
  endEntityMayBeAnchor: true,
  judgeAnchorCertificate: false,
};

const webpkiRules: ProfileRules = {
  ...rfc5280Rules,
  criticalNameConstraints: false,
  endEntityMayBeAuthority: false,
  extendedKeyUsageRequired: true,
  anyExtendedKeyUsage: false,
  extendedKeyUsageNotCritical: true,
  rootWithoutExtendedKeyUsage: true,
  criticalAlternativeNameOnlyWithoutSubject: true,
  commonNameAmongAlternativeNames: true,
  rsaModulusOfOctets: true,
  authorityKeyIdentifierByKeyOnly: true,
  largeRsaExponent: true,
  endEntityMayBeAnchor: false,
  versionThree: true,
};

/**
 * For an agreed private authority under `rfc5280`: duties of an issuer whose neglect harms nobody who relies on the certificate are not
 * asked for. Everything that protects stays.
 */
export const privateAuthorityRules: Partial<ProfileRules> = {
  positiveSerialNumber: false,
  keyIdentifiers: false,
  crlNumber: false,
  criticalBasicConstraints: false,
  criticalNameConstraints: false,
  criticalPolicyConstraints: false,
  preferredDnsSyntax: false,
};

/** What may be set apart from a profile. */
export type PolicyOverrides = Partial<Omit<ValidationPolicy, 'profile' | 'rules' | 'budget'>> & {
  readonly rules?: Partial<ProfileRules>;
  readonly budget?: Partial<Budget>;
};

/** A profile with overrides. @throws X509Error `X509_ARGUMENT_INVALID` for a profile that does not exist */
export function validationPolicy(profile: Profile, overrides: PolicyOverrides = {}): ValidationPolicy {
  checkProfile(profile);
  return {
    minimumRsaBits: 2048,
    maximumRsaBits: 8192,
    initialPolicySet: [anyPolicy],
    initialExplicitPolicy: false,
    initialPolicyMappingInhibit: false,
    initialAnyPolicyInhibit: false,
    ...overrides,
    profile,
    rules: { ...(profile === 'webpki' ? webpkiRules : rfc5280Rules), ...overrides.rules },
    budget: { ...defaultBudget, ...overrides.budget },
  };
}
