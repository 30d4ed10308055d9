import type { Rule } from '../rule.ts';

export const chainBreaksARule: Rule = {
  id: 'chain-breaks-a-rule',
  symptom: 'A rule of path validation is broken.',
  cause: 'The chain of {host} breaks a rule of certificate paths: {saw}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'certificate-authority',
  citation: 'RFC 5280 §6.1',
  whatToDo: 'have the chain of {host} looked at by the authority that issued it, and issued anew.',
  tellApart: 'The code of the check names the rule.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('trust');
    if (!facts.serverRefused || check === null || check.status !== 'fail' || toldElsewhere.test(check.code))
      return null;
    return {
      probe: 'ours',
      saw: check.message,
      fill: { saw: check.message, alert: '46', alertName: 'certificate_unknown' },
      actor: check.actor ?? 'certificate-authority',
    };
  },
};

const toldElsewhere =
  /^X509_(ISSUER_NOT_FOUND|SELF_ISSUED_NOT_TRUSTED|DISTRUSTED_AFTER|EXTENDED_KEY_USAGE_(UNFIT|MISSING)|KEY_USAGE_UNFIT)$/;
