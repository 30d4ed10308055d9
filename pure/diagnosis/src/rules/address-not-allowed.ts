import type { Rule } from '../rule.ts';

export const addressNotAllowed: Rule = {
  id: 'address-not-allowed',
  symptom: 'The name leads to a private, loopback or otherwise guarded address.',
  cause: 'The name {host} leads to an address that this connection may not dial.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 6890 §2; RFC 8499',
  whatToDo:
    'allow private addresses in the terms of this connection if the Jira is meant to be there, else ask for its public name.',
  tellApart: 'Nothing was dialled: the far side is not involved.',
  log: 'nothing',
  repeat: 'resolve',
  match: ({ code, main }) => (code === 'address-forbidden' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null),
};
