import { enforcementOf } from '../enforcement.ts';
import type { Rule } from '../rule.ts';

export const anyNameAccepted: Rule = {
  id: 'any-name-accepted',
  symptom: 'A certificate of the same authority under another name gets an answer (probe other-name).',
  cause: '{host} takes any certificate of this authority, whatever its name: it does not prove that it is us.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5280 §6.1; RFC 9525 §6',
  whatToDo:
    'compare the name of the client certificate with {ourSubject}, besides its authority; where the product cannot, agree on an authority that issues for us alone.',
  tellApart: 'The probe with another name got an answer from behind the enforcer.',
  log: 'request',
  repeat: 'http',
  match: (facts) =>
    facts.main?.requested === true && enforcementOf(facts.observations).otherName === 'accepted'
      ? {
          probe: 'other-name',
          saw: `HTTP ${facts.http('other-name')?.status ?? ''} with a certificate of another name.`,
        }
      : null,
};
