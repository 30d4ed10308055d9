import { revocationTrouble } from '../revocation-trouble.ts';
import type { Rule } from '../rule.ts';

export const stapleUnusable: Rule = {
  id: 'staple-unusable',
  symptom:
    'The only source is the answer that the server staples, and that cannot be used, or is missing where the certificate demands it.',
  cause: 'The OCSP answer that {host} sends with its certificate cannot be used: {saw}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 6066 §8; RFC 7633 §4; RFC 6960 §3.2',
  whatToDo: 'refresh what the server staples (reload it, see that it reaches its responder), or switch stapling off.',
  tellApart: 'The certificate names no other source, so that nothing was fetched.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const trouble = revocationTrouble(facts);
    return trouble?.kind === 'staple'
      ? {
          probe: 'ours',
          saw: trouble.words,
          fill: { saw: trouble.words, alert: '46', alertName: 'certificate_unknown' },
          // What the responder itself said wrongly, the server only passes on.
          actor: passedOn.test(trouble.code) ? 'certificate-authority' : 'customer',
        }
      : null;
  },
};

const passedOn = /^X509_OCSP_(RESPONDER_|UNKNOWN$|NOT_YET_VALID$)/;
