/** Key identifiers (RFC 5280 §4.2.1.1, §4.2.1.2): there where the RFC asks for them, never critical. Which key signed is decided by the signature alone. */
import type { Certificate } from '../certificate.ts';
import { extensionTypes } from '../extensions/extension.ts';
import { equalBytes } from '../hexadecimal.ts';
import { showSubject } from './path-rule.ts';
import type { Findings, PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const keyIdentifiers: PathRule = {
  code: 'X509_KEY_IDENTIFIERS',
  section: 'RFC 5280 §4.2.1.1, §4.2.1.2',
  passed: 'The certificates carry the key identifiers that they must.',
  check(path, findings) {
    const { rules } = path.policy;
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      if (rules.keyIdentifiers) checkPresence(certificate, index, findings);
      if (rules.authorityKeyIdentifierByKeyOnly)
        checkByKeyOnly(certificate, index, index === path.certificates.length, findings);
    }
  },
};

function checkPresence(certificate: Certificate, index: number, findings: Findings): void {
  const { extensions } = certificate;
  for (const type of [extensionTypes.authorityKeyIdentifier, extensionTypes.subjectKeyIdentifier]) {
    if (extensions.find(type)?.critical === true)
      findings.fail(
        'X509_KEY_IDENTIFIER_CRITICAL',
        index,
        `${showSubject(certificate)} marks a key identifier as critical.`,
        {
          extension: type,
        },
      );
  }
  if (certificate.version !== 3) return;
  const authority = extensions.authorityKeyIdentifier;
  // §4.2.1.1: may be left out of a self-signed certificate; one that carries it there, carries its own identifier.
  if (authority?.keyIdentifier == null && (!certificate.selfIssued || authority !== null))
    findings.fail(
      'X509_AUTHORITY_KEY_IDENTIFIER_MISSING',
      index,
      `${showSubject(certificate)} does not identify the key that signed it.`,
    );
  if (extensions.subjectKeyIdentifier === null && (index > 0 || extensions.basicConstraints?.ca === true))
    findings.fail(
      'X509_SUBJECT_KEY_IDENTIFIER_MISSING',
      index,
      `${showSubject(certificate)} issues certificates and does not identify its key.`,
    );
}

function checkByKeyOnly(certificate: Certificate, index: number, isAnchor: boolean, findings: Findings): void {
  const authority = certificate.extensions.authorityKeyIdentifier;
  if (authority === null) return;
  if (authority.issuer !== null || authority.serialNumber !== null)
    findings.fail(
      'X509_AUTHORITY_KEY_IDENTIFIER_BY_NAME',
      index,
      `${showSubject(certificate)} identifies its issuer's key by name and serial number.`,
    );
  const own = certificate.extensions.subjectKeyIdentifier;
  if (
    isAnchor &&
    certificate.selfIssued &&
    own !== null &&
    authority.keyIdentifier !== null &&
    !equalBytes(own, authority.keyIdentifier)
  )
    findings.fail(
      'X509_KEY_IDENTIFIER_MISMATCH',
      index,
      `${showSubject(certificate)} signs itself, but identifies another key as its issuer's.`,
    );
}
