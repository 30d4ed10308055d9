/** basicConstraints (RFC 5280 §4.2.1.9, §6.1.4 (k)): every issuer says that it is one; an end entity may say so only where the profile lets it. */
import { extensionTypes } from '../extensions/extension.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { isPinnedEndEntity, judgedCertificates } from './prospective-path.ts';

export const basicConstraints: PathRule = {
  code: 'X509_BASIC_CONSTRAINTS',
  section: 'RFC 5280 §4.2.1.9',
  passed: 'Every issuer of the path is a certificate authority, and only they are.',
  check(path, findings) {
    const { rules } = path.policy;
    const { anchor } = path;
    // RFC 5937 §3: an anchor that says it is no authority, a pinned server certificate, stands for itself only.
    const anchorSays =
      anchor?.applyConstraints === true ? (anchor.certificate?.extensions.basicConstraints ?? null) : null;
    if (anchorSays?.ca === false && !rules.judgeAnchorCertificate && !isPinnedEndEntity(path))
      findings.fail(
        'X509_NOT_A_CA',
        path.certificates.length,
        'The trust anchor is no certificate authority, but issued a certificate of the path.',
      );
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      const constraints = certificate.extensions.basicConstraints;
      if (constraints?.pathLength != null && !constraints.ca)
        findings.fail(
          'X509_PATH_LENGTH_WITHOUT_CA',
          index,
          `${showSubject(certificate)} limits the path below it, but is no certificate authority.`,
        );
      if (index === 0) {
        if (constraints?.ca === true && !rules.endEntityMayBeAuthority)
          findings.fail(
            'X509_END_ENTITY_IS_CA',
            index,
            `${showSubject(certificate)} is a certificate authority and must not be used as an end entity.`,
          );
        continue;
      }
      if (constraints === null)
        findings.fail(
          'X509_BASIC_CONSTRAINTS_MISSING',
          index,
          `${showSubject(certificate)} does not say that it may issue certificates.`,
          { version: certificate.version },
        );
      else if (!constraints.ca)
        findings.fail(
          'X509_NOT_A_CA',
          index,
          `${showSubject(certificate)} is no certificate authority, but issued a certificate of the path.`,
        );
      else if (
        rules.criticalBasicConstraints &&
        certificate.extensions.find(extensionTypes.basicConstraints)?.critical !== true
      )
        findings.fail(
          'X509_BASIC_CONSTRAINTS_NOT_CRITICAL',
          index,
          `${showSubject(certificate)} does not mark its basicConstraints as critical.`,
        );
    }
  },
};
