/** keyUsage (RFC 5280 §4.2.1.3, §6.1.4 (n)): issuers may sign certificates; the end entity may do what its purpose needs. */
import { keyUsageBits, showKeyUsage } from '../extensions/key-usage.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

/** What a TLS server's key does: signs key exchanges, or (with other policies than ours) decrypts or agrees on them. */
const serverBits = keyUsageBits.digitalSignature | keyUsageBits.keyEncipherment | keyUsageBits.keyAgreement;
const clientBits = keyUsageBits.digitalSignature | keyUsageBits.keyAgreement;

export const keyUsage: PathRule = {
  code: 'X509_KEY_USAGE',
  section: 'RFC 5280 §4.2.1.3',
  passed: 'Every key of the path is used for what its certificate allows.',
  check(path, findings) {
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      const bits = certificate.extensions.keyUsage;
      if (bits === null) continue;
      const mayIssue = (bits & keyUsageBits.keyCertSign) !== 0;
      if (index > 0 && !mayIssue)
        findings.fail(
          'X509_KEY_USAGE_NO_CERT_SIGN',
          index,
          `${showSubject(certificate)} issued a certificate, but its key is not for signing certificates.`,
          { keyUsage: showKeyUsage(bits) },
        );
      if (
        mayIssue &&
        path.policy.rules.certSignOnlyWithAuthority &&
        certificate.extensions.basicConstraints?.ca !== true
      )
        findings.fail(
          'X509_KEY_USAGE_WITHOUT_CA',
          index,
          `The key of ${showSubject(certificate)} is for signing certificates, but it is no certificate authority.`,
          { keyUsage: showKeyUsage(bits) },
        );
      if (index > 0 || path.purpose === 'any' || !path.policy.rules.keyUsageFitsPurpose) continue;
      const needed = path.purpose === 'serverAuth' ? serverBits : clientBits;
      if ((bits & needed) === 0)
        findings.fail(
          'X509_KEY_USAGE_UNFIT',
          index,
          `The key of ${showSubject(certificate)} is not for ${path.purpose === 'serverAuth' ? 'a TLS server' : 'a TLS client'}.`,
          { keyUsage: showKeyUsage(bits) },
        );
    }
  },
};
