import { enforcementOf } from '../enforcement.ts';
import type { Rule } from '../rule.ts';

export const anyCertificateAccepted: Rule = {
  id: 'any-certificate-accepted',
  symptom: 'A certificate that signed itself gets an answer (probe throw-away).',
  cause: '{host} takes any client certificate, even one that signed itself: nothing is verified.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5280 §6.1',
  whatToDo:
    'verify the client certificate against the authority that was agreed (nginx optional_no_ca, Apache optional_no_ca and gateways in pass-through mode do not).',
  tellApart: 'The probe with a throw-away certificate got an answer from behind the enforcer.',
  log: 'request',
  repeat: 'http',
  match: (facts) =>
    facts.main?.requested === true && enforcementOf(facts.observations).throwAway === 'accepted'
      ? {
          probe: 'throw-away',
          saw: `HTTP ${facts.http('throw-away')?.status ?? ''} with a certificate that signed itself.`,
        }
      : null,
};
