/** Critical extensions (RFC 5280 §4.2): what is critical and not processed refuses the certificate. */
import { extensionTypes } from '../extensions/extension.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

/** Processed by a rule of this folder, or (key identifiers, information access, distribution points) understood and free to be critical by mistake of the issuer. */
const processed: ReadonlySet<string> = new Set([
  extensionTypes.subjectKeyIdentifier,
  extensionTypes.authorityKeyIdentifier,
  extensionTypes.keyUsage,
  extensionTypes.subjectAltName,
  extensionTypes.issuerAltName,
  extensionTypes.basicConstraints,
  extensionTypes.extendedKeyUsage,
  extensionTypes.nameConstraints,
  extensionTypes.certificatePolicies,
  extensionTypes.policyMappings,
  extensionTypes.policyConstraints,
  extensionTypes.inhibitAnyPolicy,
  extensionTypes.crlDistributionPoints,
  extensionTypes.freshestCrl,
  extensionTypes.tlsFeature,
]);

export const criticalExtensions: PathRule = {
  code: 'X509_CRITICAL_EXTENSIONS',
  section: 'RFC 5280 §4.2',
  passed: 'Every critical extension of the path was processed.',
  check(path, findings) {
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      for (const { type, critical } of certificate.extensions.list) {
        if (critical && !processed.has(type))
          findings.fail(
            'X509_CRITICAL_EXTENSION_UNKNOWN',
            index,
            `${showSubject(certificate)} has a critical extension that is not processed here.`,
            { extension: type },
          );
        if (type === extensionTypes.precertificatePoison)
          findings.fail(
            'X509_PRECERTIFICATE',
            index,
            `${showSubject(certificate)} is a precertificate, made for a log and not for use.`,
          );
      }
    }
  },
};
