import type { Rule } from '../rule.ts';

export const serverCertificateNotYetValid: Rule = {
  id: 'server-certificate-not-yet-valid',
  symptom: 'A certificate of the chain is not valid yet (CERT_NOT_YET_VALID).',
  cause: 'The certificate of {host} is valid from {begins} on{skew}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5280 §4.1.2.5',
  whatToDo: 'keep the present certificate in use until {begins}, or have the new one issued with an earlier beginning.',
  tellApart: 'Less than an hour ahead it may be a clock that is wrong, theirs or ours: the Date header tells which.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('validity');
    if (!facts.serverRefused || check?.code !== 'X509_NOT_YET_VALID') return null;
    const begins =
      facts.chain
        .map(({ notBefore }) => notBefore)
        .toSorted()
        .at(-1) ?? 'later';
    const ahead = Date.parse(begins) - facts.at;
    return {
      probe: 'ours',
      saw: check.message,
      fill: {
        begins,
        skew: ahead < 3_600_000 ? '; less than an hour ahead, a wrong clock is possible' : '',
        alert: '42',
        alertName: 'bad_certificate',
      },
    };
  },
};
