import type { Rule } from '../rule.ts';

export const keyDoesNotMatch: Rule = {
  id: 'key-does-not-match',
  symptom: 'The key that was handed in is not the key of the certificate.',
  cause: 'Our private key does not belong to our client certificate.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5280 §4.1.2.7',
  whatToDo: 'export certificate and key together from the place where they were made, and hand both in again.',
  tellApart: 'The two public keys are compared; nothing is dialled.',
  log: 'nothing',
  repeat: 'own-certificate',
  match: ({ observations: { intake } }) =>
    intake !== null &&
    (intake.code === 'client-key-mismatch' || /VALUES_MISMATCH|does not belong/i.test(intake.message))
      ? { probe: 'intake', saw: intake.message }
      : null,
};
