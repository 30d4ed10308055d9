/** Validity periods (RFC 5280 §4.1.2.5, §6.1.3 (a)(2)), inclusive at both ends. An anchor has no dates to ask for unless policy judges it. */
import { formatInstant } from '../instant.ts';
import type { UtcInstant } from '../instant.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const validityPeriod: PathRule = {
  code: 'X509_VALIDITY_PERIOD',
  section: 'RFC 5280 §4.1.2.5',
  passed: 'Every certificate of the path is within its validity period.',
  check(path, findings) {
    // The encoding knows whole seconds: the second of notAfter belongs to the period to its end.
    const at = (Math.floor(path.at / 1000) * 1000) as UtcInstant;
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      const { notBefore, notAfter } = certificate;
      // Not else-if: with notAfter before notBefore both can fail, and both are told.
      if (at < notBefore)
        findings.fail(
          'X509_NOT_YET_VALID',
          index,
          `${showSubject(certificate)} is valid only from ${formatInstant(notBefore)}.`,
          {
            notBefore: formatInstant(notBefore),
            at: formatInstant(at),
          },
        );
      if (at > notAfter)
        findings.fail(
          'X509_EXPIRED',
          index,
          `${showSubject(certificate)} expired ${ago(notAfter, at)}, on ${formatInstant(notAfter)}.`,
          {
            notAfter: formatInstant(notAfter),
            at: formatInstant(at),
          },
        );
    }
  },
};

const millisecondsPerHour = 3_600_000;

function ago(notAfter: UtcInstant, at: UtcInstant): string {
  const hours = Math.floor((at - notAfter) / millisecondsPerHour);
  if (hours < 48) return hours < 1 ? 'less than an hour ago' : `${hours} hour${hours === 1 ? '' : 's'} ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
