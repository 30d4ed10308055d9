import { unevenness } from '../unevenness.ts';
import type { Rule } from '../rule.ts';

export const unevenNodes: Rule = {
  id: 'uneven-nodes',
  symptom: 'The same question gets different answers, at different addresses or at the same.',
  cause: 'The nodes behind {host} are not alike: {difference}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'Measured: differential probes over addresses and repetitions',
  whatToDo: 'bring every node of {host} to the same certificate and settings, and reload them all.',
  tellApart: 'The probes name the address and what it did.',
  log: 'request',
  repeat: 'handshake',
  match: (facts) => {
    const found = unevenness(facts);
    return found === null
      ? null
      : {
          probe: found.probe,
          saw: found.difference,
          fill: { difference: found.difference },
          severity: found.severity,
          certainty: found.certainty,
        };
  },
};
