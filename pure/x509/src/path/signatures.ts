/** Signatures (RFC 5280 §6.1.3 (a)(1)): each certificate under the key of the next, the last under the anchor's.
 *  The anchor's signature on itself is nobody's proof and is not looked at. */
import { hexadecimal } from '../hexadecimal.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';

export const signatures: PathRule = {
  code: 'X509_SIGNATURE',
  section: 'RFC 5280 §6.1.3 (a)(1)',
  passed: 'Every signature of the path verifies with the key of its issuer.',
  check(path, findings) {
    for (const [index, link] of path.links.entries()) {
      const certificate = path.certificates[index];
      if (certificate === undefined || link === 'valid') continue;
      const issuer = certificate.issuer.toString();
      const evidence = { issuer, algorithm: hexadecimal(certificate.signatureAlgorithm.subarray(0, 80)) };
      switch (link) {
        case 'invalid':
          findings.fail(
            'X509_SIGNATURE_INVALID',
            index,
            `The signature on ${showSubject(certificate)} was not made with the key of ${issuer}.`,
            evidence,
          );
          break;
        case 'not-checked':
          findings.add(
            'X509_SIGNATURE_NOT_CHECKED',
            'unknown',
            index,
            `The issuer of ${showSubject(certificate)}, ${issuer}, is not at hand, so its signature cannot be checked.`,
            evidence,
          );
          break;
        case 'key-refused':
          findings.fail(
            'X509_SIGNATURE_KEY_REFUSED',
            index,
            `The key of ${issuer} is refused, so the signature on ${showSubject(certificate)} counts for nothing.`,
            evidence,
          );
          break;
        case 'key-unfit':
          findings.fail(
            'X509_SIGNATURE_KEY_UNFIT',
            index,
            `The signature on ${showSubject(certificate)} is of another algorithm than the key of ${issuer}.`,
            evidence,
          );
          break;
        default:
          findings.fail(link, index, `${refusals[link]} on ${showSubject(certificate)}.`, evidence);
      }
    }
  },
};

const refusals = {
  X509_SIGNATURE_SHA1: 'A signature with SHA-1, which is broken, stands',
  X509_SIGNATURE_MD5: 'A signature with MD5 or MD2, which are broken, stands',
  X509_SIGNATURE_PARAMETERS: 'A signature algorithm with parameters that its standard does not allow stands',
  X509_SIGNATURE_ALGORITHM_UNSUPPORTED: 'A signature algorithm that is not accepted here stands',
} as const;
