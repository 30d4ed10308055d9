/** A path ends in a trust anchor (RFC 5280 §6.1). */
import type { Evidence } from '../report.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { isPinnedEndEntity } from './prospective-path.ts';
import type { ProspectivePath } from './prospective-path.ts';

export const anchored: PathRule = {
  code: 'X509_TRUST_ANCHOR',
  section: 'RFC 5280 §6.1',
  passed: 'The path ends in a trust anchor.',
  check(path, findings) {
    const last = path.certificates.at(-1);
    const endEntity = path.certificates[0];
    if (last === undefined || endEntity === undefined) return;
    switch (path.obstacle) {
      case 'no-issuer':
        if (last.selfIssued)
          findings.fail(
            'X509_SELF_ISSUED_NOT_TRUSTED',
            path.certificates.length - 1,
            `${showSubject(last)} is its own issuer and no trust anchor.`,
            evidenceOf(path),
          );
        else
          findings.fail(
            'X509_ISSUER_NOT_FOUND',
            path.certificates.length - 1,
            `The issuer ${last.issuer.toString()} is neither a trust anchor nor among the certificates given.`,
            evidenceOf(path),
          );
        return;
      case 'loop':
        findings.fail(
          'X509_PATH_LOOP',
          path.certificates.length - 1,
          'The certificates issue each other in a circle and reach no trust anchor.',
          evidenceOf(path),
        );
        return;
      case 'too-long':
        findings.fail(
          'X509_PATH_TOO_LONG',
          path.certificates.length - 1,
          `The path has more intermediates than ${path.policy.budget.intermediates}.`,
          evidenceOf(path),
        );
        return;
      case null:
    }
    if (!path.policy.rules.endEntityMayBeAnchor && isPinnedEndEntity(path))
      findings.fail(
        'X509_END_ENTITY_IS_ANCHOR',
        0,
        `${showSubject(endEntity)} is a trust anchor and must not be used as an end entity.`,
      );
  },
};

function evidenceOf({ certificates }: ProspectivePath): Evidence {
  return { issuer: certificates.at(-1)?.issuer.toString() ?? null, certificates: certificates.length };
}
