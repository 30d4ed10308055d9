import type { Rule } from '../rule.ts';

export const wrongContainerPassword: Rule = {
  id: 'wrong-container-password',
  symptom: 'A PKCS#12 file does not open: its integrity check fails.',
  cause: 'The password of the PKCS#12 file is wrong.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 7292 §5.1',
  whatToDo: 'tell the password again, by a way of its own, or export the file anew with a known one.',
  tellApart: 'A damaged file fails in its structure, before the check of the password.',
  log: 'nothing',
  repeat: 'own-certificate',
  match: ({ observations: { intake } }) =>
    intake !== null && /mac verify|wrong-password|password is wrong/i.test(`${intake.code} ${intake.message}`)
      ? { probe: 'intake', saw: intake.message }
      : null,
};
