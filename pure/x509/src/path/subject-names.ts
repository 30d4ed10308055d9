/** Subjects (RFC 5280 §4.1.2.6, §4.2.1.6): a CA has one; an end entity without one has a critical subjectAltName. */
import { extensionTypes } from '../extensions/extension.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const subjectNames: PathRule = {
  code: 'X509_SUBJECT',
  section: 'RFC 5280 §4.1.2.6',
  passed: 'Every certificate names its subject as it must.',
  check(path, findings) {
    const { rules } = path.policy;
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      const alternative = certificate.extensions.find(extensionTypes.subjectAltName);
      // Asked for its parts, so that a malformed name is found here.
      void certificate.subject.relative;
      void certificate.issuer.relative;
      if (certificate.subject.isEmpty) {
        if (index > 0 || certificate.extensions.basicConstraints?.ca === true)
          findings.fail(
            'X509_CA_SUBJECT_EMPTY',
            index,
            `A certificate authority of the path (serial number ${certificate.serial}) has no subject.`,
          );
        else if (alternative?.critical !== true)
          findings.fail(
            'X509_SUBJECT_EMPTY',
            index,
            'The certificate has no subject, and no critical subjectAltName in its place.',
          );
      } else if (index === 0 && alternative?.critical === true && rules.criticalAlternativeNameOnlyWithoutSubject)
        findings.fail(
          'X509_ALTERNATIVE_NAME_CRITICAL',
          index,
          `${showSubject(certificate)} marks its subjectAltName as critical although it has a subject.`,
        );
    }
  },
};
