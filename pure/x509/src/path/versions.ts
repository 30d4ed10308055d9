/** Versions (Baseline Requirements 7.1.1): X.509 version 3 throughout. (A version 1 issuer fails for its missing basicConstraints in every profile.) */
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const versions: PathRule = {
  code: 'X509_VERSION',
  section: 'CA/B Baseline Requirements 7.1.1',
  passed: 'Every certificate is of an accepted version.',
  check(path, findings) {
    if (!path.policy.rules.versionThree) return;
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      if (certificate.version !== 3)
        findings.fail(
          'X509_VERSION_OLD',
          index,
          `${showSubject(certificate)} is of version ${certificate.version}; version 3 is required.`,
          { version: certificate.version },
        );
    }
  },
};
