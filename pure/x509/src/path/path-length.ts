/** pathLenConstraint (RFC 5280 §6.1.4 (l), (m)): counts intermediates that are not self-issued, never the end entity; the anchor's too (RFC 5937). */
import type { Certificate } from '../certificate.ts';
import { keyUsageBits } from '../extensions/key-usage.ts';
import { isPinnedEndEntity } from './prospective-path.ts';
import { showSubject } from './path-rule.ts';
import type { Findings, PathRule } from './path-rule.ts';

export const pathLength: PathRule = {
  code: 'X509_PATH_LENGTH',
  section: 'RFC 5280 §6.1.4 (l), (m)',
  passed: 'No issuer has more intermediates below it than it allows.',
  check(path, findings) {
    let below = 0;
    for (const [index, certificate] of path.certificates.entries()) {
      if (index === 0) continue;
      checkLimit(certificate, index, below, findings);
      if (!certificate.selfIssued) below++;
    }
    const anchor = path.anchor;
    if (anchor?.certificate != null && anchor.applyConstraints) {
      checkLimit(anchor.certificate, path.certificates.length, below, findings);
      // RFC 5937 §3: a key that its own certificate does not let sign certificates signs none.
      const keyUsage = anchor.certificate.extensions.keyUsage;
      if (keyUsage !== null && (keyUsage & keyUsageBits.keyCertSign) === 0 && !isPinnedEndEntity(path))
        findings.fail(
          'X509_KEY_USAGE_NO_CERT_SIGN',
          path.certificates.length,
          'The key of the trust anchor is not for signing certificates.',
        );
    }
  },
};

function checkLimit(certificate: Certificate, index: number, below: number, findings: Findings): void {
  const limit = certificate.extensions.basicConstraints?.pathLength ?? null;
  if (limit !== null && below > limit)
    findings.fail(
      'X509_PATH_LENGTH_EXCEEDED',
      index,
      `${showSubject(certificate)} allows ${limit} intermediate${limit === 1 ? '' : 's'} below it; there ${below === 1 ? 'is' : 'are'} ${below}.`,
      { limit, seen: below },
    );
}
