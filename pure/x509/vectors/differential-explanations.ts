/** Disagreements with other validators that are understood. */

export interface ExplainedDisagreement {
  readonly other: 'openssl' | 'go';
  readonly accepts: 'we' | 'they';
  /** Where they accept: our code. Where we accept: the defect of the chain. */
  readonly subject: string;
  readonly reason: string;
}

const bothAccept = (subject: string, reason: string): readonly ExplainedDisagreement[] => [
  { other: 'openssl', accepts: 'they', subject, reason },
  { other: 'go', accepts: 'they', subject, reason },
];
const cn =
  'OpenSSL falls back to the common name where there is no DNS name; RFC 9525 §2 gives the common name no say.';

export const explainedDisagreements: readonly ExplainedDisagreement[] = [
  ...bothAccept(
    'X509_SERIAL_NUMBER_TOO_LONG',
    'RFC 5280 §4.1.2.2 bounds serial numbers to 20 octets; they do not look.',
  ),
  ...bothAccept(
    'X509_SERIAL_NUMBER_NEGATIVE',
    'RFC 5280 §4.1.2.2 asks for positive serial numbers; they take negative ones (Go before 1.23).',
  ),
  ...bothAccept('X509_SERIAL_NUMBER_ZERO', 'RFC 5280 §4.1.2.2 asks for positive serial numbers; they take zero.'),
  { other: 'openssl', accepts: 'they', subject: 'X509_NAME_NO_ALTERNATIVE_NAMES', reason: cn },
  { other: 'openssl', accepts: 'they', subject: 'X509_NAME_KIND_MISSING', reason: cn },
  {
    other: 'openssl',
    accepts: 'they',
    subject: 'X509_NAME_MISMATCH',
    reason: 'OpenSSL takes a wildcard inside a label; RFC 9525 §6.3 takes it only as the whole left-most label.',
  },
  {
    other: 'openssl',
    accepts: 'they',
    subject: 'X509_NAME_CONSTRAINTS_EXCLUDED',
    reason: 'A wildcard stands for every name it covers, the excluded one among them; OpenSSL compares its text.',
  },
  {
    other: 'openssl',
    accepts: 'they',
    subject: 'X509_NAME_CONSTRAINTS_NAME_MALFORMED',
    reason: 'A name that is no DNS name cannot be compared with a constraint; OpenSSL compares its text.',
  },
  {
    other: 'go',
    accepts: 'they',
    subject: 'X509_SUBJECT_KEY_IDENTIFIER_MISSING',
    reason: 'RFC 5280 §4.2.1.2 asks authorities for it; Go takes it as a hint only. An option of the profile.',
  },
  {
    other: 'go',
    accepts: 'they',
    subject: 'X509_AUTHORITY_KEY_IDENTIFIER_MISSING',
    reason: 'RFC 5280 §4.2.1.1 asks for it; Go takes it as a hint only. An option of the profile.',
  },
  {
    other: 'openssl',
    accepts: 'we',
    subject: 'key identifier of another authority',
    reason:
      'Key identifiers are hints for path building (RFC 4158 §2.4.3): name and signature decide. OpenSSL builds no other path.',
  },
  {
    other: 'openssl',
    accepts: 'we',
    subject: 'another key identifier of the intermediate',
    reason:
      'Key identifiers are hints for path building (RFC 4158 §2.4.3): name and signature decide. OpenSSL builds no other path.',
  },
  {
    other: 'openssl',
    accepts: 'we',
    subject: 'root expired',
    reason: 'An anchor is a name and a key (RFC 5280 §6.1.1 (d)): its dates are asked for only where policy says so.',
  },
  {
    other: 'go',
    accepts: 'we',
    subject: 'root expired',
    reason: 'An anchor is a name and a key (RFC 5280 §6.1.1 (d)): its dates are asked for only where policy says so.',
  },
  {
    other: 'openssl',
    accepts: 'we',
    subject: 'intermediate without key usage',
    reason: 'OpenSSL -x509_strict wants keyCertSign beside a path length; RFC 5280 §6.1.4 (n) asks only what is there.',
  },
  {
    other: 'openssl',
    accepts: 'we',
    subject: 'any purpose',
    reason:
      'RFC 5280 §4.2.1.12: anyExtendedKeyUsage stands for every purpose; the webpki profile refuses it, as OpenSSL does.',
  },
];
