/**
 * Which entry of the validator's report belongs to which of the five checks, who can act, and in general words what it means. The docs print
 * this table. A code that is not here counts against `trust`, so that nothing is lost.
 */
import { foldRevocationTable } from './fold-revocation-table.ts';
import type { FoldRow } from './fold-row.ts';
import type { Actor, CheckName } from './report.ts';

const row = (check: CheckName, actor: Actor | null, words: string): FoldRow => ({ check, actor, words });

export const foldTable: Readonly<Record<string, FoldRow>> = {
  // validity: dates only.
  X509_VALIDITY_PERIOD: row('validity', null, 'Every certificate is within its dates.'),
  X509_EXPIRED: row('validity', 'customer', 'A certificate has expired; the far side installs a renewed one.'),
  X509_NOT_YET_VALID: row(
    'validity',
    'customer',
    'A certificate is not valid yet; it was installed too early, or a clock is wrong.',
  ),

  // signature: an issuer in hand whose key did not make it, refused algorithms, keys too small.
  X509_SIGNATURE: row('signature', null, 'Every signature verifies with the key of its issuer.'),
  X509_SIGNATURE_INVALID: row(
    'signature',
    'network-team',
    'A certificate was altered, or somebody else made it in the name of the issuer.',
  ),
  X509_SIGNATURE_NOT_CHECKED: row(
    'signature',
    'customer',
    'The issuer is not at hand, so the signature cannot be checked.',
  ),
  X509_SIGNATURE_KEY_REFUSED: row(
    'signature',
    'certificate-authority',
    'The key that signed is too weak or malformed.',
  ),
  X509_SIGNATURE_KEY_UNFIT: row(
    'signature',
    'certificate-authority',
    'The signature is of another kind than the key of the issuer.',
  ),
  X509_SIGNATURE_SHA1: row('signature', 'certificate-authority', 'A signature uses SHA-1, which is broken.'),
  X509_SIGNATURE_MD5: row('signature', 'certificate-authority', 'A signature uses MD5 or MD2, which are broken.'),
  X509_SIGNATURE_PARAMETERS: row(
    'signature',
    'certificate-authority',
    'A signature algorithm has parameters that its standard does not allow.',
  ),
  X509_SIGNATURE_ALGORITHM_UNSUPPORTED: row(
    'signature',
    'certificate-authority',
    'A signature algorithm is not accepted.',
  ),
  X509_KEY: row('signature', null, 'Every key is of an accepted kind and size.'),
  X509_KEY_RSA_TOO_SMALL: row(
    'signature',
    'customer',
    'An RSA key is too small; the certificate must be made anew with a larger key.',
  ),
  X509_KEY_RSA_TOO_LARGE: row('signature', 'customer', 'An RSA key is larger than is accepted.'),
  X509_KEY_RSA_EXPONENT: row('signature', 'customer', 'An RSA exponent is not accepted.'),
  X509_KEY_RSA_MODULUS_EVEN: row('signature', 'customer', 'An RSA key is malformed.'),
  X509_KEY_RSA_MODULUS_OCTETS: row('signature', 'customer', 'An RSA modulus is not of whole octets.'),
  X509_KEY_CURVE: row('signature', 'customer', 'A key is on a curve that is not accepted.'),
  X509_KEY_POINT: row('signature', 'customer', 'A key is no point of its curve.'),
  X509_KEY_MALFORMED: row('signature', 'certificate-authority', 'A key is malformed.'),
  X509_KEY_PARAMETERS_INVALID: row('signature', 'certificate-authority', 'A key has parameters that its kind forbids.'),
  X509_KEY_ALGORITHM: row('signature', 'customer', 'A key is of a kind that is not accepted.'),

  // trust: a path to an anchor that keeps every rule.
  X509_TRUST_ANCHOR: row('trust', null, 'The path ends in a trusted certificate authority.'),
  X509_ISSUER_NOT_FOUND: row(
    'trust',
    'customer',
    'The issuer is not trusted here, or the far side does not send its intermediate certificate.',
  ),
  X509_SELF_ISSUED_NOT_TRUSTED: row(
    'trust',
    'customer',
    'The certificate is signed by itself or by a private authority that was not agreed.',
  ),
  X509_PATH_LOOP: row('trust', 'customer', 'The certificates sent lead in a circle.'),
  X509_PATH_TOO_LONG: row('trust', 'customer', 'The chain is longer than is accepted.'),
  X509_BUDGET_EXHAUSTED: row(
    'trust',
    'network-team',
    'The certificates sent ask for more work than is reasonable; they may be an attack.',
  ),
  X509_END_ENTITY_UNREADABLE: row('trust', 'customer', 'The certificate is malformed.'),
  X509_END_ENTITY_IS_ANCHOR: row(
    'trust',
    'customer',
    'A certificate authority is used as a server or client certificate.',
  ),
  X509_END_ENTITY_IS_CA: row('trust', 'customer', 'A certificate authority is used as a server or client certificate.'),
  X509_NAME_CHAINING: row('trust', null, 'Every issuer is the certificate above.'),
  X509_NAME_CHAINING_BROKEN: row('trust', 'certificate-authority', 'An issuer is not the certificate above.'),
  X509_ISSUER_EMPTY: row('trust', 'certificate-authority', 'A certificate names no issuer.'),
  X509_BASIC_CONSTRAINTS: row('trust', null, 'Only certificate authorities issue.'),
  X509_BASIC_CONSTRAINTS_MISSING: row(
    'trust',
    'certificate-authority',
    'A certificate that may not issue was used as an issuer.',
  ),
  X509_BASIC_CONSTRAINTS_NOT_CRITICAL: row(
    'trust',
    'certificate-authority',
    'An issuer does not mark its basic constraints as critical.',
  ),
  X509_NOT_A_CA: row('trust', 'network-team', 'A certificate that may not issue was used as an issuer.'),
  X509_PATH_LENGTH: row('trust', null, 'No issuer has more intermediates below it than it allows.'),
  X509_PATH_LENGTH_EXCEEDED: row(
    'trust',
    'certificate-authority',
    'An issuer has more intermediates below it than it allows.',
  ),
  X509_PATH_LENGTH_WITHOUT_CA: row(
    'trust',
    'certificate-authority',
    'A path length stands in a certificate that may not issue.',
  ),
  X509_KEY_USAGE: row('trust', null, 'Every key is used for what its certificate allows.'),
  X509_KEY_USAGE_NO_CERT_SIGN: row(
    'trust',
    'certificate-authority',
    'A key signed certificates without being allowed to.',
  ),
  X509_KEY_USAGE_WITHOUT_CA: row(
    'trust',
    'certificate-authority',
    'A key may sign certificates, but its owner is no authority.',
  ),
  X509_KEY_USAGE_UNFIT: row('trust', 'customer', 'The key is not allowed for TLS.'),
  X509_EXTENDED_KEY_USAGE: row('trust', null, 'Every certificate may be used for the purpose.'),
  X509_EXTENDED_KEY_USAGE_MISSING: row('trust', 'customer', 'The certificate does not say what it may be used for.'),
  X509_EXTENDED_KEY_USAGE_UNFIT: row('trust', 'customer', 'The certificate is for another purpose.'),
  X509_EXTENDED_KEY_USAGE_CRITICAL: row('trust', 'certificate-authority', 'The extended key usage is marked critical.'),
  X509_EXTENDED_KEY_USAGE_ANY: row(
    'trust',
    'certificate-authority',
    'The certificate is for any purpose at all, which public authorities must not issue.',
  ),
  X509_ROOT_EXTENDED_KEY_USAGE: row('trust', 'certificate-authority', 'A root carries an extended key usage.'),
  X509_CRITICAL_EXTENSIONS: row('trust', null, 'Every critical extension was processed.'),
  X509_CRITICAL_EXTENSION_UNKNOWN: row(
    'trust',
    'certificate-authority',
    'A critical extension is not known here, so that the certificate must be refused.',
  ),
  X509_PRECERTIFICATE: row(
    'trust',
    'certificate-authority',
    'A precertificate was installed instead of the certificate.',
  ),
  X509_EXTENSION_FORMS: row('trust', null, 'Every known extension is well formed.'),
  X509_EXTENSION_MALFORMED: row('trust', 'certificate-authority', 'An extension is malformed.'),
  X509_DISTRUST_DATE: row('trust', null, 'The certificate was issued while its root was trusted for new ones.'),
  X509_DISTRUSTED_AFTER: row(
    'trust',
    'customer',
    'Root programmes no longer trust this authority for new certificates; another authority is needed.',
  ),
  X509_NAME_CONSTRAINTS: row('trust', null, 'Every name is one that the authorities above may certify.'),
  X509_NAME_CONSTRAINTS_NOT_PERMITTED: row(
    'trust',
    'certificate-authority',
    'A name is outside what an authority above may certify.',
  ),
  X509_NAME_CONSTRAINTS_EXCLUDED: row(
    'trust',
    'certificate-authority',
    'A name is among those that an authority above may not certify.',
  ),
  X509_NAME_CONSTRAINTS_MALFORMED: row('trust', 'certificate-authority', 'A name constraint is malformed.'),
  X509_NAME_CONSTRAINTS_NOT_CRITICAL: row(
    'trust',
    'certificate-authority',
    'Name constraints are not marked critical.',
  ),
  X509_NAME_CONSTRAINTS_IN_END_ENTITY: row(
    'trust',
    'certificate-authority',
    'Name constraints stand in a certificate that may not issue.',
  ),
  X509_NAME_CONSTRAINTS_UNSUPPORTED: row(
    'trust',
    'certificate-authority',
    'Name constraints are of a form that nobody can judge.',
  ),
  X509_NAME_CONSTRAINTS_NAME_MALFORMED: row(
    'trust',
    'certificate-authority',
    'A name under name constraints is malformed.',
  ),
  X509_POLICIES: row('trust', null, 'The certificate policies fit.'),
  X509_POLICY_NONE_VALID: row(
    'trust',
    'certificate-authority',
    'No certificate policy holds for the whole path although one is required.',
  ),
  X509_POLICY_MAPPING_ANY: row('trust', 'certificate-authority', 'A policy mapping names anyPolicy.'),
  X509_POLICY_NOT_CRITICAL: row('trust', 'certificate-authority', 'A policy extension that must be critical is not.'),
  X509_SUBJECT: row('trust', null, 'Every certificate names its subject.'),
  X509_CA_SUBJECT_EMPTY: row('trust', 'certificate-authority', 'A certificate authority has no name.'),
  X509_NAME_MALFORMED: row('trust', 'certificate-authority', 'A subject or issuer is malformed.'),
  X509_NAME_STRING_INVALID: row('trust', 'certificate-authority', 'A subject or issuer is no valid text.'),
  X509_NAME_EMBEDDED_NUL: row('trust', 'certificate-authority', 'A name has a NUL within it.'),
  X509_SUBJECT_EMPTY: row('trust', 'certificate-authority', 'A certificate names no subject.'),
  X509_ALTERNATIVE_NAME_CRITICAL: row(
    'trust',
    'certificate-authority',
    'The alternative names are marked critical although there is a subject.',
  ),
  X509_DNS_SYNTAX: row('trust', null, 'The DNS names are well formed.'),
  X509_DNS_NAME_MALFORMED: row('trust', 'customer', 'A DNS name in the certificate is none.'),
  X509_COMMON_NAME: row('trust', null, 'The common name is among the alternative names.'),
  X509_COMMON_NAME_ELSEWHERE: row(
    'trust',
    'certificate-authority',
    'The common name is not among the alternative names.',
  ),
  X509_SERIAL_NUMBER: row('trust', null, 'Every serial number is well formed.'),
  X509_SERIAL_NUMBER_NEGATIVE: row('trust', 'certificate-authority', 'A serial number is negative.'),
  X509_SERIAL_NUMBER_ZERO: row('trust', 'certificate-authority', 'A serial number is zero.'),
  X509_SERIAL_NUMBER_TOO_LONG: row('trust', 'certificate-authority', 'A serial number is too long.'),
  X509_VALIDITY_FORM: row('trust', null, 'Dates have the right form.'),
  X509_VALIDITY_FORM_WRONG: row('trust', 'certificate-authority', 'A date has the wrong form.'),
  X509_VALIDITY_ORDER: row('trust', 'certificate-authority', 'A validity period ends before it begins.'),
  X509_VERSION: row('trust', null, 'Every certificate is of version 3.'),
  X509_VERSION_OLD: row('trust', 'certificate-authority', 'A certificate is of an old version.'),
  X509_KEY_IDENTIFIERS: row('trust', null, 'Key identifiers are there where they must be.'),
  X509_KEY_IDENTIFIER_CRITICAL: row('trust', 'certificate-authority', 'A key identifier is marked critical.'),
  X509_KEY_IDENTIFIER_MISMATCH: row('trust', 'certificate-authority', 'A root identifies another key as its own.'),
  X509_AUTHORITY_KEY_IDENTIFIER_MISSING: row(
    'trust',
    'certificate-authority',
    'A certificate does not identify the key that signed it.',
  ),
  X509_AUTHORITY_KEY_IDENTIFIER_BY_NAME: row(
    'trust',
    'certificate-authority',
    'A certificate identifies its issuer in an outdated way.',
  ),
  X509_SUBJECT_KEY_IDENTIFIER_MISSING: row('trust', 'certificate-authority', 'An authority does not identify its key.'),

  // name: the end entity against the name that was asked for.
  X509_NAME: row('name', null, 'The certificate is for the name that was asked for.'),
  X509_NAME_NOT_ASKED: row('name', null, 'No name was asked for.'),
  X509_NAME_MISMATCH: row('name', 'customer', 'The certificate is for another name.'),
  X509_NAME_KIND_MISSING: row('name', 'customer', 'The certificate bears no name of the kind that was asked for.'),
  X509_NAME_NO_ALTERNATIVE_NAMES: row(
    'name',
    'customer',
    'The certificate has no subjectAltName; the common name no longer counts.',
  ),
  X509_ALTERNATIVE_NAME_MALFORMED: row('name', 'customer', 'The alternative names are malformed.'),
  X509_REFERENCE_NAME_INVALID: row('name', 'operator', 'The name that was asked for is no host name or address.'),

  // revocation: every certificate of the path but the anchor.
  ...foldRevocationTable,
};

const revocationPrefix = /^X509_(?:REVOCATION|CRL|OCSP)_/;
/** Codes of the judging of CRLs and OCSP answers that have no row of their own. */
const otherRevocation = row('revocation', 'certificate-authority', 'What CRLs and OCSP responses say.');
const otherTrust = row('trust', 'network-team', 'A rule of the path.');

/** The row of a code. */
export function foldRowOf(code: string): FoldRow {
  return foldTable[code] ?? (revocationPrefix.test(code) ? otherRevocation : otherTrust);
}
