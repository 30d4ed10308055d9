/** extKeyUsage (RFC 5280 §4.2.1.12): the end entity is for the purpose, and an intermediate's list narrows what stands below it (Baseline Requirements 7.1.2). */
import { extensionTypes } from '../extensions/extension.ts';
import { keyPurposes } from '../extensions/extended-key-usage.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedAnchorCertificate } from './prospective-path.ts';

export const extendedKeyUsage: PathRule = {
  code: 'X509_EXTENDED_KEY_USAGE',
  section: 'RFC 5280 §4.2.1.12',
  passed: 'Every certificate of the path may be used for the purpose.',
  check(path, findings) {
    const { rules } = path.policy;
    const { purpose } = path;
    if (
      rules.rootWithoutExtendedKeyUsage &&
      judgedAnchorCertificate(path)?.extensions.find(extensionTypes.extendedKeyUsage) != null
    )
      findings.fail(
        'X509_ROOT_EXTENDED_KEY_USAGE',
        path.certificates.length,
        'The trust anchor carries an extKeyUsage, which a root must not.',
      );
    for (const [index, certificate] of path.certificates.entries()) {
      const purposes = certificate.extensions.extendedKeyUsage;
      if (purposes === null) {
        if (index === 0 && purpose !== 'any' && rules.extendedKeyUsageRequired)
          findings.fail(
            'X509_EXTENDED_KEY_USAGE_MISSING',
            index,
            `${showSubject(certificate)} does not say what it may be used for.`,
            {
              required: purpose,
            },
          );
        continue;
      }
      const critical = certificate.extensions.find(extensionTypes.extendedKeyUsage)?.critical === true;
      if (index === 0 && critical && rules.extendedKeyUsageNotCritical && purpose !== 'any')
        findings.fail(
          'X509_EXTENDED_KEY_USAGE_CRITICAL',
          index,
          `${showSubject(certificate)} marks its extKeyUsage as critical.`,
        );
      if (index === 0 && !rules.anyExtendedKeyUsage && purposes.includes(keyPurposes.any))
        findings.fail(
          'X509_EXTENDED_KEY_USAGE_ANY',
          index,
          `${showSubject(certificate)} may be used for anything at all.`,
        );
      if (purpose === 'any') continue;
      const fits =
        purposes.includes(keyPurposes[purpose]) || (rules.anyExtendedKeyUsage && purposes.includes(keyPurposes.any));
      if (!fits)
        findings.fail(
          'X509_EXTENDED_KEY_USAGE_UNFIT',
          index,
          `${showSubject(certificate)} may not be used for ${purpose === 'serverAuth' ? 'a TLS server' : 'a TLS client'}.`,
          {
            seen: purposes.slice(0, 10).join(', '),
            required: keyPurposes[purpose],
          },
        );
    }
  },
};
