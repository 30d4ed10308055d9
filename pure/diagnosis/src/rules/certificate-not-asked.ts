import type { Rule } from '../rule.ts';

export const certificateNotAsked: Rule = {
  id: 'certificate-not-asked',
  symptom:
    'No CertificateRequest, and an answer all the same; or one that misses the certificate which nobody asked for.',
  cause: '{host} never asks for a client certificate in the handshake{consequence}.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5246 §7.4.4',
  whatToDo:
    'require the client certificate on the listener that ends TLS for {host} (nginx ssl_verify_client on, Apache SSLVerifyClient require, HAProxy verify required, Tomcat certificateVerification="required").',
  tellApart:
    'A listener that asks and lets everybody in is another matter. Where another device ends TLS before the enforcer, that device must ask.',
  log: 'request',
  repeat: 'http-without-certificate',
  match: (facts) => {
    const { main, refusal, answer } = facts;
    if (main === null || main.requested || main.renegotiationAsked || answer === null || answer.error !== null)
      return null;
    // What misses the certificate stands behind something that ends TLS without asking.
    if (refusal?.how === 'page')
      return {
        probe: 'ours',
        saw: `No CertificateRequest; ${refusal.words}`,
        fill: { consequence: ', and then misses it' },
        severity: 'failure',
      };
    return facts.answered
      ? {
          probe: 'ours',
          saw: `No CertificateRequest in the first flight; HTTP ${answer.status}.`,
          fill: { consequence: ': mutual TLS is not enforced' },
        }
      : null;
  },
};
