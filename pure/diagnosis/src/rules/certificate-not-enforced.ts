import { enforcementOf } from '../enforcement.ts';
import type { Rule } from '../rule.ts';

export const certificateNotEnforced: Rule = {
  id: 'certificate-not-enforced',
  symptom: 'A connection without a certificate gets an answer (probe without-certificate).',
  cause: '{host} asks for a client certificate and lets in whoever has none.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5246 §7.4.6',
  whatToDo:
    'require the client certificate rather than only ask for it (nginx ssl_verify_client on, Apache SSLVerifyClient require, HAProxy verify required, Tomcat certificateVerification="required").',
  tellApart: 'The probe without a certificate got an answer from behind the enforcer.',
  log: 'request',
  repeat: 'http-without-certificate',
  match: (facts) =>
    facts.main?.requested === true && enforcementOf(facts.observations).withoutCertificate === 'accepted'
      ? {
          probe: 'without-certificate',
          saw: `HTTP ${facts.http('without-certificate')?.status ?? ''} without a certificate.`,
        }
      : null,
};
