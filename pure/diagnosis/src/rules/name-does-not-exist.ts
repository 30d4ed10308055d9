import type { Rule } from '../rule.ts';

export const nameDoesNotExist: Rule = {
  id: 'name-does-not-exist',
  symptom: 'The name has no address (ENOTFOUND).',
  cause: 'The name {host} has no address: it is wrong, or known inside the customer’s network only.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 1035 §4.1.1',
  whatToDo: 'publish {host} in the public name service, or tell the name under which Jira is reached from outside.',
  tellApart: 'A name server that is silent is another matter: here one answered.',
  log: 'nothing',
  repeat: 'resolve',
  match: ({ code, main }) =>
    code === 'dns' && main?.error?.actor !== 'network-team' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null,
};
