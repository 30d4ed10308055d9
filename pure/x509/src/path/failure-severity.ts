/** How far a failure is from success: the candidate with the smallest sum is the headline. */

const nearest = 1;
const ordinary = 20;

const severities: Readonly<Record<string, number>> = {
  X509_EXPIRED: nearest,
  X509_NOT_YET_VALID: nearest,
  X509_DISTRUSTED_AFTER: 5,
  X509_SIGNATURE_INVALID: 100,
  X509_SIGNATURE_KEY_REFUSED: 60,
  X509_SIGNATURE_KEY_UNFIT: 100,
  X509_PATH_TOO_LONG: 300,
  X509_PATH_LOOP: 495,
  X509_ISSUER_NOT_FOUND: 500,
  X509_SELF_ISSUED_NOT_TRUSTED: 490,
};

export function failureSeverity(code: string): number {
  return severities[code] ?? ordinary;
}
