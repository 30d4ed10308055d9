import type { Rule } from '../rule.ts';

export const cutOffAfterHello: Rule = {
  id: 'cut-off-after-hello',
  symptom: 'The connection ends, or is reset, right after our hello, whatever it says.',
  cause: 'Something between us and {place} ends every connection as soon as it sees our hello.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'network-team',
  citation: 'RFC 9293 §3.5.2; measured',
  whatToDo:
    'see in the log of firewall, intrusion prevention and load balancer what ended the connection from {source}, and allow it.',
  tellApart:
    'If the far side’s own log shows the attempt, a load balancer without a backend is likely; if not, a filter before it.',
  log: 'connection-only',
  repeat: 'handshake-without-certificate',
  match: (facts) => {
    const hello = facts.hello('hello');
    if (facts.code !== 'peer-closed' || facts.chain.length > 0 || facts.main?.alert !== null) return null;
    if (hello !== null && hello.outcome !== 'closed' && hello.outcome !== 'reset') return null;
    if (facts.observations.hellos.some(({ outcome }) => outcome === 'server-hello')) return null;
    const how = hello?.outcome === 'reset' ? 'reset' : 'closed';
    return {
      probe: hello === null ? 'ours' : 'hello',
      saw: `The connection was ${how} after our hello, without a word.`,
    };
  },
};
