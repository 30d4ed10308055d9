import type { Rule } from '../rule.ts';

export const portRefuses: Rule = {
  id: 'port-refuses',
  symptom: 'The port refuses connections (ECONNREFUSED).',
  cause: 'Nothing listens at {address} port {port}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9293 §3.10.7.1',
  whatToDo: 'start the listener at {address} port {port}, or tell the right port.',
  tellApart:
    'A firewall mostly drops in silence; a refusal comes from the machine itself, or from a firewall that is told to reject.',
  log: 'nothing',
  repeat: 'tcp',
  match: ({ code, main }) => (code === 'connect-refused' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null),
};
