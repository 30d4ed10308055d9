import type { Rule } from '../rule.ts';

export const serverCertificateNotMadeForServers: Rule = {
  id: 'server-certificate-not-made-for-servers',
  symptom: 'The extended key usage lacks serverAuth (INVALID_PURPOSE).',
  cause: 'The certificate of {host} is not made for servers: its extended key usage does not name serverAuth.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5280 §4.2.1.12',
  whatToDo: 'get the certificate of {host} issued anew with the extended key usage serverAuth.',
  tellApart: 'The usage is read from the certificate.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('trust');
    return facts.serverRefused &&
      check !== null &&
      /^X509_(EXTENDED_KEY_USAGE_(UNFIT|MISSING)|KEY_USAGE_UNFIT)$/.test(check.code)
      ? { probe: 'ours', saw: check.message, fill: { alert: '46', alertName: 'certificate_unknown' } }
      : null;
  },
};
