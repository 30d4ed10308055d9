/** `lint`: what is wrong with certificates by themselves, whoever issued them. */
import {
  anchorFromKey,
  anyPolicy,
  keyPurposes,
  keyUsageBits,
  printable,
  privateAuthorityRules,
  showAddress,
  showReason,
  utcInstant,
  validate,
  validationPolicy,
} from '@sallyport/x509';
import type { Certificate, ProfileRules, Purpose, ReferenceName, ReportEntry } from '@sallyport/x509';
import { errorOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { InputObject } from './input-objects.ts';
import type { Inputs } from './inputs.ts';
import type { Arguments } from './options.ts';
import { UsageError } from './options.ts';

/** Faults that are about the path, the purpose or the question, not about the certificate. */
const notOfTheCertificate: ReadonlySet<string> = new Set([
  'X509_ISSUER_NOT_FOUND',
  'X509_SELF_ISSUED_NOT_TRUSTED',
  'X509_END_ENTITY_IS_ANCHOR',
  'X509_PATH_LOOP',
  'X509_PATH_TOO_LONG',
  'X509_EXPIRED',
  'X509_NOT_YET_VALID',
  // Nobody's key stands in for the issuer's.
  'X509_SIGNATURE_INVALID',
  'X509_SIGNATURE_KEY_REFUSED',
  'X509_SIGNATURE_KEY_UNFIT',
  'X509_POLICY_REQUIRED',
]);

export function lint(args: Arguments, inputs: Inputs): Answer {
  if (args.files.length === 0) throw new UsageError('lint needs a file');
  const profile = inputs.choice('profile', ['rfc5280', 'webpki', 'private'], 'rfc5280');
  const objects = args.files.flatMap((file) => inputs.objects(file));
  const faults = objects.flatMap((object, index) =>
    faultsOf(object, profile).map((entry) => ({ ...entry, certificateIndex: index })),
  );
  const lines = faults.map(
    ({ code, message, section, certificateIndex }) =>
      `[${certificateIndex}] ${code}: ${printable(message)} (${section})`,
  );
  return {
    verdict: faults.length === 0 ? 'valid' : 'invalid',
    status: faults.length === 0 ? 'clean' : 'faulty',
    code: faults[0]?.code ?? 'X509_LINT_CLEAN',
    errors: faults.map(errorOf),
    details: { profile, objects: objects.map(({ kind }) => kind) },
    text: faults.length === 0 ? `clean: ${objects.length} looked at, nothing against ${profile}` : lines.join('\n'),
  };
}

function faultsOf(object: InputObject, profile: 'rfc5280' | 'webpki' | 'private'): readonly ReportEntry[] {
  if (object.kind === 'certificate') return certificateFaults(object.certificate, profile);
  if (object.kind !== 'crl') return [];
  const { crl } = object;
  const faults: ReportEntry[] = [];
  const number = crl.extensions.find('2.5.29.20');
  const point = crl.extensions.find('2.5.29.28');
  if (crl.version === 1) faults.push(fault('X509_CRL_VERSION', 'RFC 5280 §5.1.2.1', 'A CRL should be of version 2.'));
  if (number === null || number.critical)
    faults.push(
      fault('X509_CRL_NUMBER_INVALID', 'RFC 5280 §5.2.3', 'A CRL must have a CRL number that is not critical.'),
    );
  if (crl.extensions.find('2.5.29.35') === null)
    faults.push(
      fault(
        'X509_CRL_AUTHORITY_KEY_IDENTIFIER_MISSING',
        'RFC 5280 §5.2.1',
        'A CRL must have an authority key identifier.',
      ),
    );
  if (point !== null && !point.critical)
    faults.push(
      fault(
        'X509_CRL_DISTRIBUTION_POINT_NOT_CRITICAL',
        'RFC 5280 §5.2.5',
        'An issuing distribution point must be critical.',
      ),
    );
  if (crl.nextUpdate === null)
    faults.push(fault('X509_CRL_NO_NEXT_UPDATE', 'RFC 5280 §5.1.2.5', 'A CRL must say until when it holds.'));
  if (crl.unknownCritical !== null)
    faults.push(
      fault(
        'X509_CRL_CRITICAL_EXTENSION_UNKNOWN',
        'RFC 5280 §5.2',
        `Nobody may use a CRL with the critical extension ${crl.unknownCritical} that is not processed.`,
      ),
    );
  for (const entry of crl.entries()) {
    if (entry.reason !== 0 && (entry.reason !== 8 || crl.baseNumber !== null)) continue;
    faults.push(
      fault(
        'X509_CRL_REASON_UNFIT',
        'RFC 5280 §5.3.1',
        `The entry of ${entry.serial} has the reason ${showReason(entry.reason)}, which does not belong there.`,
      ),
    );
    break;
  }
  return faults;
}

/** The rules of a path, asked of a path of one: what it says it is for, under a name that it bears itself. */
function certificateFaults(
  certificate: Certificate,
  profile: 'rfc5280' | 'webpki' | 'private',
): readonly ReportEntry[] {
  const authority = certificate.extensions.basicConstraints?.ca === true;
  const purpose = authority ? 'any' : purposeOf(certificate, profile);
  const rules: Partial<ProfileRules> = {
    ...(profile === 'private' ? privateAuthorityRules : {}),
    ...(authority ? { endEntityMayBeAuthority: true, extendedKeyUsageRequired: false } : {}),
  };
  const report = validate({
    leaf: certificate,
    others: [],
    // So that the path ends somewhere, and its signature's algorithm is looked at.
    anchors: [anchorFromKey(certificate.issuer, certificate.publicKey)],
    at: utcInstant(certificate.notBefore),
    purpose,
    name: purpose === 'serverAuth' ? nameOf(certificate) : null,
    policy: validationPolicy(profile === 'webpki' ? 'webpki' : 'rfc5280', { rules }),
    revocation: { mode: 'off', crls: [], ocspResponses: [] },
  });
  const ofThePath = report.entries.filter(({ outcome, code }) => outcome === 'fail' && !notOfTheCertificate.has(code));
  return authority ? [...ofThePath, ...authorityFaults(certificate)] : ofThePath;
}

/** What is looked at only where it has issued something. */
function authorityFaults({ extensions }: Certificate): readonly ReportEntry[] {
  const faults: ReportEntry[] = [];
  if (extensions.keyUsage !== null && (extensions.keyUsage & keyUsageBits.keyCertSign) === 0)
    faults.push(
      fault(
        'X509_KEY_USAGE_NO_CERT_SIGN',
        'RFC 5280 §4.2.1.3',
        'The key of an authority is not for signing certificates.',
      ),
    );
  if (
    extensions.policyMappings?.some(({ issuerDomain, subjectDomain }) =>
      [issuerDomain, subjectDomain].includes(anyPolicy),
    )
  )
    faults.push(fault('X509_POLICY_MAPPING_ANY', 'RFC 5280 §4.2.1.5', 'Nothing is mapped to or from anyPolicy.'));
  return faults;
}

/** One that could say and does not is a server's under the rules for servers. */
function purposeOf({ extensions, version }: Certificate, profile: 'rfc5280' | 'webpki' | 'private'): Purpose {
  const purposes =
    extensions.extendedKeyUsage ?? (profile === 'webpki' && version === 3 ? [keyPurposes.serverAuth] : []);
  if (purposes.includes(keyPurposes.serverAuth)) return 'serverAuth';
  return purposes.includes(keyPurposes.clientAuth) ? 'clientAuth' : 'any';
}

/** A name that it should be good for: the first that it bears. */
function nameOf({ extensions }: Certificate): ReferenceName {
  for (const name of extensions.subjectAltName ?? []) {
    if (name.kind === 'dns') return { kind: 'dns', value: name.value.replace(/^\*\./, 'any.') };
    if (name.kind === 'ip') return { kind: 'ip', value: showAddress(name.value) };
  }
  return { kind: 'dns', value: 'any.example' };
}

function fault(code: string, section: string, message: string): ReportEntry {
  return { code, outcome: 'fail', section, certificateIndex: 0, message, evidence: {} };
}
