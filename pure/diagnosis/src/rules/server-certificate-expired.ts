import { endedIn } from '../ended-certificate.ts';
import type { Rule } from '../rule.ts';

export const serverCertificateExpired: Rule = {
  id: 'server-certificate-expired',
  symptom: 'A certificate of the chain has expired (CERT_HAS_EXPIRED).',
  cause: '{which} expired on {ended}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5280 §4.1.2.5',
  whatToDo: 'renew {what}, install it on every node of {place}, and reload them all.',
  tellApart: 'If only some attempts fail, one node was forgotten: the other probes say so.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('validity');
    if (!facts.serverRefused || check?.code !== 'X509_EXPIRED') return null;
    const { index, certificate } = endedIn(facts);
    const isLeaf = index <= 0;
    return {
      probe: 'ours',
      saw: check.message,
      fill: {
        which: isLeaf
          ? `The certificate of ${facts.target.host}`
          : `The intermediate certificate ${certificate?.subject ?? ''}`,
        what: isLeaf ? 'the certificate' : 'the intermediate certificate',
        ended: certificate?.notAfter ?? 'a day in the past',
        alert: '45',
        alertName: 'certificate_expired',
      },
    };
  },
};
