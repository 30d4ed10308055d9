/** Key policy: RSA 2048 to 8192 bits with an odd exponent from 3 to 2³²−1, named curves with points on them, Ed25519, Ed448. Looked at before any verify. */
import { isOnCurve } from '../signature/curve-point.ts';
import { showKey } from '../subject-public-key.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { ValidationPolicy } from '../validation-policy.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const publicKeys: PathRule = {
  code: 'X509_KEY',
  section: 'RFC 3279, 5480, 8410; NIST SP 800-131A',
  passed: 'Every key of the path is of an accepted kind and size.',
  check(path, findings) {
    const judged = judgedCertificates(path);
    for (const [index, certificate] of judged.entries()) {
      const refusal = publicKeyRefusal(certificate.publicKey, path.policy);
      if (refusal !== null)
        findings.fail(
          refusal,
          index,
          refusalSentence(refusal, showSubject(certificate), certificate.publicKey),
          evidenceOf(certificate.publicKey, path.policy),
        );
    }
    const { anchor } = path;
    if (anchor === null || judged.length > path.certificates.length) return;
    const refusal = publicKeyRefusal(anchor.publicKey, path.policy);
    if (refusal !== null)
      findings.fail(
        refusal,
        path.certificates.length,
        refusalSentence(refusal, `the trust anchor ${anchor.subject.toString()}`, anchor.publicKey),
        evidenceOf(anchor.publicKey, path.policy),
      );
  },
};

export type KeyRefusal =
  | 'X509_KEY_RSA_TOO_SMALL'
  | 'X509_KEY_RSA_TOO_LARGE'
  | 'X509_KEY_RSA_EXPONENT'
  | 'X509_KEY_RSA_MODULUS_EVEN'
  | 'X509_KEY_RSA_MODULUS_OCTETS'
  | 'X509_KEY_CURVE'
  | 'X509_KEY_POINT'
  | 'X509_KEY_ALGORITHM';

/**
 * Why a key is refused; null where it is accepted.
 * @param depth `size` leaves the point of the curve to the import of the key, which comes before any verify and refuses it too
 */
export function publicKeyRefusal(
  key: SubjectPublicKey,
  policy: ValidationPolicy,
  depth: 'size' | 'point' = 'point',
): KeyRefusal | null {
  switch (key.kind) {
    case 'rsa': {
      if (key.bits < policy.minimumRsaBits) return 'X509_KEY_RSA_TOO_SMALL';
      if (key.bits > policy.maximumRsaBits) return 'X509_KEY_RSA_TOO_LARGE';
      if (((key.modulus?.[key.modulus.length - 1] ?? 0) & 1) === 0) return 'X509_KEY_RSA_MODULUS_EVEN';
      if (policy.rules.rsaModulusOfOctets && key.bits % 8 !== 0) return 'X509_KEY_RSA_MODULUS_OCTETS';
      return rsaExponentRefused(key, policy) ? 'X509_KEY_RSA_EXPONENT' : null;
    }
    case 'ec':
      if (key.curve === null) return 'X509_KEY_CURVE';
      if (depth === 'size') return null;
      key.onCurve ??= isOnCurve(key.curve, key.keyBytes);
      return key.onCurve ? null : 'X509_KEY_POINT';
    case 'ed25519':
    case 'ed448':
      return null;
    default:
      return 'X509_KEY_ALGORITHM';
  }
}

function rsaExponentRefused(key: SubjectPublicKey, policy: ValidationPolicy): boolean {
  const { exponent } = key;
  if (exponent === null || exponent.length === 0 || exponent.length > 4) return true;
  let value = 0;
  for (let index = 0; index < exponent.length; index++) value = value * 256 + (exponent[index] ?? 0);
  return value % 2 === 0 || value < (policy.rules.largeRsaExponent ? 65_537 : 3);
}

function refusalSentence(refusal: KeyRefusal, whose: string, key: SubjectPublicKey): string {
  switch (refusal) {
    case 'X509_KEY_RSA_TOO_SMALL':
      return `The key of ${whose} has only ${key.bits} bits.`;
    case 'X509_KEY_RSA_TOO_LARGE':
      return `The key of ${whose} has ${key.bits} bits, more than are accepted.`;
    case 'X509_KEY_RSA_EXPONENT':
      return `The RSA exponent of ${whose} is not accepted.`;
    case 'X509_KEY_RSA_MODULUS_EVEN':
      return `The RSA modulus of ${whose} is even, so it is no key.`;
    case 'X509_KEY_RSA_MODULUS_OCTETS':
      return `The RSA modulus of ${whose} has ${key.bits} bits, which are no whole octets.`;
    case 'X509_KEY_CURVE':
      return `The key of ${whose} is not on one of the named curves P-256, P-384, P-521.`;
    case 'X509_KEY_POINT':
      return `The key of ${whose} is no point of its curve.`;
    case 'X509_KEY_ALGORITHM':
      return `The key of ${whose} is of a kind that is not accepted (${showKey(key)}).`;
  }
}

function evidenceOf(key: SubjectPublicKey, policy: ValidationPolicy): Record<string, string | number> {
  return {
    key: showKey(key),
    bits: key.bits,
    minimumRsaBits: policy.minimumRsaBits,
    maximumRsaBits: policy.maximumRsaBits,
  };
}
