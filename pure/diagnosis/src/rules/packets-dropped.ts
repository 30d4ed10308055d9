import type { Rule } from '../rule.ts';

export const packetsDropped: Rule = {
  id: 'packets-dropped',
  symptom: 'No answer to the connection attempt, or no way there.',
  cause: 'Nothing answers at {place}: most likely a firewall drops what comes from {source}.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'network-team',
  citation: 'RFC 9293 §3.8.3',
  whatToDo: 'allow TCP to {place} from {source}.',
  tellApart:
    'If the same command gets through from elsewhere, our addresses are not allowed; if from nowhere, the machine is down.',
  log: 'nothing',
  repeat: 'tcp',
  match: ({ code, main }) => (code === 'connect-timeout' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null),
};
