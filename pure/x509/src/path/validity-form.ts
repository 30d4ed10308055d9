/** Form of the dates: UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5); notBefore does not follow notAfter. */
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const validityForm: PathRule = {
  code: 'X509_VALIDITY_FORM',
  section: 'RFC 5280 §4.1.2.5',
  passed: 'The dates of every certificate have the form that their year asks for.',
  check(path, findings) {
    if (!path.policy.rules.validityForm) return;
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      const { notBefore, notAfter } = certificate.validity;
      for (const time of [notBefore, notAfter]) {
        if (time.form === 'generalized-time' && time.year < 2050)
          findings.fail(
            'X509_VALIDITY_FORM_WRONG',
            index,
            `A date of ${showSubject(certificate)} before 2050 is written as GeneralizedTime.`,
            {
              year: time.year,
              position: time.position,
            },
          );
      }
      if (notAfter.instant < notBefore.instant)
        findings.fail(
          'X509_VALIDITY_ORDER',
          index,
          `The validity period of ${showSubject(certificate)} ends before it begins.`,
          { position: notBefore.position },
        );
    }
  },
};
