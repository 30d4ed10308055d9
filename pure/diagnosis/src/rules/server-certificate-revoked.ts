import type { Rule } from '../rule.ts';

export const serverCertificateRevoked: Rule = {
  id: 'server-certificate-revoked',
  symptom: 'A CRL or an OCSP response says that a certificate of the server is revoked.',
  cause: 'A certificate of {host} is revoked.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5280 §6.3; RFC 6960 §2.2',
  whatToDo: 'replace the certificate of {host} now, and ask the authority why it was revoked.',
  tellApart: 'The answer that says so is signed by the authority; which source it came from stands in the evidence.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('revocation');
    return check?.status === 'fail' && check.code === 'X509_REVOCATION_REVOKED'
      ? { probe: 'ours', saw: check.message, fill: { alert: '44', alertName: 'certificate_revoked' } }
      : null;
  },
};
