import type { Rule } from '../rule.ts';

export const certificateNotAsked: Rule = {
  id: 'certificate-not-asked',
  symptom: 'No CertificateRequest, and an answer all the same.',
  cause: '{host} never asks for a client certificate: mutual TLS is not enforced.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5246 §7.4.4',
  whatToDo:
    'require the client certificate on the listener of {host} (nginx ssl_verify_client on, Apache SSLVerifyClient require, HAProxy verify required, Tomcat certificateVerification="required").',
  tellApart: 'A listener that asks and lets everybody in is another matter.',
  log: 'request',
  repeat: 'http-without-certificate',
  match: (facts) =>
    facts.answered && facts.main?.requested === false && !facts.main.renegotiationAsked && facts.answer?.error === null
      ? { probe: 'ours', saw: `No CertificateRequest in the first flight; HTTP ${facts.answer.status}.` }
      : null,
};
