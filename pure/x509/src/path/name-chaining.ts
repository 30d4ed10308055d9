/** Names chain (RFC 5280 §6.1.3 (a)(4)): the issuer of each certificate is the subject of the next, the last one's is the anchor; and no issuer is empty (§4.1.2.4). */
import { positionIn, showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const nameChaining: PathRule = {
  code: 'X509_NAME_CHAINING',
  section: 'RFC 5280 §6.1.3 (a)(4)',
  passed: 'Every issuer name is the subject name of the next certificate.',
  check(path, findings) {
    const { certificates, anchor } = path;
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      if (certificate.issuer.isEmpty)
        findings.fail('X509_ISSUER_EMPTY', index, `${showSubject(certificate)} names no issuer.`, {
          position: positionIn(certificate, certificate.issuer.der),
        });
      if (index >= certificates.length) continue;
      const above = certificates[index + 1]?.subject ?? anchor?.subject;
      if (above !== undefined && !certificate.issuer.equals(above))
        findings.fail(
          'X509_NAME_CHAINING_BROKEN',
          index,
          `The issuer of ${showSubject(certificate)} is not the certificate above it.`,
          {
            issuer: certificate.issuer.toString(),
            above: above.toString(),
          },
        );
    }
  },
};
