import type { Rule } from '../rule.ts';

export const serverKeyNotProven: Rule = {
  id: 'server-key-not-proven',
  symptom: 'The chain is good, and the key exchange is not signed with its key.',
  cause: 'What answers at {place} shows the chain of {host} and does not hold its key.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'network-team',
  citation: 'RFC 5246 §7.4.3',
  whatToDo: 'find out what answers at {place}: it is not what holds the key of {host}.',
  tellApart: 'A server with certificate and key of different files would mostly not start.',
  log: 'connection-only',
  repeat: 'handshake-without-certificate',
  match: (facts) =>
    facts.code === 'server-key-not-proven' && facts.hello('hello')?.secureRenegotiation !== false
      ? { probe: 'ours', saw: facts.main?.error?.message ?? '' }
      : null,
};
