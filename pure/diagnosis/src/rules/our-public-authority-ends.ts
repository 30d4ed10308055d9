import type { Rule } from '../rule.ts';

export const ourPublicAuthorityEnds: Rule = {
  id: 'our-public-authority-ends',
  symptom: 'Our client certificate is of a public authority.',
  cause:
    'Our client certificate is of a public authority, and those stop issuing certificates for clients by 2027-03-15.',
  severity: 'note',
  certainty: 'certain',
  actor: 'operator',
  citation: 'Chrome Root Program Policy 1.8 (2026-02-05)',
  whatToDo:
    'agree on a private authority for client certificates with this customer before the present one ends on {ourNotAfter}.',
  tellApart: 'The certificate bears the marks of a public authority.',
  log: 'nothing',
  repeat: 'own-certificate',
  match: ({ ours }) =>
    ours?.looksPublic === true && ours.clientAuth === true ? { probe: 'ours', saw: `Issued by ${ours.issuer}.` } : null,
};
