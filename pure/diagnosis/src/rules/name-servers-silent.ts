import type { Rule } from '../rule.ts';

export const nameServersSilent: Rule = {
  id: 'name-servers-silent',
  symptom: 'No name server answers.',
  cause: 'No name server answered for {host}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'network-team',
  citation: 'RFC 1035 §4.2',
  whatToDo: 'see to the name servers of the place we dial from, and to those of the domain of {host}.',
  tellApart: 'A name that does not exist gets an answer that says so.',
  log: 'nothing',
  repeat: 'resolve',
  match: ({ code, main }) =>
    code === 'dns' && main?.error?.actor === 'network-team' ? { probe: 'ours', saw: main.error.message } : null,
};
