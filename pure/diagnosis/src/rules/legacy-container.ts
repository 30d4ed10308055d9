import type { Rule } from '../rule.ts';

export const legacyContainer: Rule = {
  id: 'legacy-container',
  symptom: 'A PKCS#12 file is encrypted by RC2 or another algorithm that nobody uses any more.',
  cause: 'The PKCS#12 file is encrypted with an outdated algorithm.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9579 §1',
  whatToDo: 'export the file again with AES-256 (openssl pkcs12 -export -keypbe AES-256-CBC -certpbe AES-256-CBC).',
  tellApart: 'A wrong password fails in the check of integrity, not in the choice of the algorithm.',
  log: 'nothing',
  repeat: 'own-certificate',
  match: ({ observations: { intake } }) =>
    intake !== null && /unsupported pkcs12|legacy|RC2/i.test(`${intake.code} ${intake.message}`)
      ? { probe: 'intake', saw: intake.message }
      : null,
};
