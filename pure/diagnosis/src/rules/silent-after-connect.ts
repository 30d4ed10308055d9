import type { Rule } from '../rule.ts';

export const silentAfterConnect: Rule = {
  id: 'silent-after-connect',
  symptom: 'The connection opens, and nothing is ever said on it.',
  cause: '{place} takes the connection and then says nothing.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'network-team',
  citation: 'RFC 5246 §7.3',
  whatToDo:
    'see which device answers at {place} and why it does not go on: a load balancer without a backend, or a filter that holds what we send.',
  tellApart: 'If small packets get through and larger ones do not, the greatest packet size on the way is at fault.',
  log: 'connection-only',
  repeat: 'handshake-without-certificate',
  match: ({ code, main }) => (code === 'handshake-timeout' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null),
};
