import type { Rule } from '../rule.ts';

export const signatureRefused: Rule = {
  id: 'signature-refused',
  symptom: 'A signature or key in the chain is not accepted for another reason.',
  cause: 'A signature in the chain of {host} is not accepted: {saw}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'certificate-authority',
  citation: 'RFC 5280 §6.1.3',
  whatToDo: 'have the chain of {host} looked at by the authority that issued it, and issued anew.',
  tellApart: 'The code of the check names what is not accepted.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('signature');
    if (!facts.serverRefused || check?.status !== 'fail' || toldElsewhere.test(check.code)) return null;
    return {
      probe: 'ours',
      saw: check.message,
      fill: { saw: check.message, alert: '42', alertName: 'bad_certificate' },
      actor: check.actor ?? 'certificate-authority',
    };
  },
};

const toldElsewhere = /_SHA1$|_MD5$|SIGNATURE_ALGORITHM_UNSUPPORTED$|^X509_KEY_|^X509_SIGNATURE_INVALID$/;
