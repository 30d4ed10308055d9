import type { Rule } from '../rule.ts';

export const inspectedOnTheWay: Rule = {
  id: 'inspected-on-the-way',
  symptom: 'The chain is issued by a product that inspects TLS.',
  cause: 'Something on the way ({vendor}) opens the connection and shows a certificate of its own.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'network-team',
  citation: 'RFC 8404 §2; RFC 5280 §6.1',
  whatToDo: 'exempt {host} from TLS inspection for {source}: mutual TLS cannot be inspected.',
  tellApart: 'Seen from elsewhere {host} shows another issuer.',
  log: 'nothing',
  repeat: 'show-certificate',
  match: (facts) => {
    if (!facts.serverRefused || facts.trouble('trust') === null) return null;
    const names = facts.chain.flatMap(({ issuerNames, subjectNames }) => [...issuerNames, ...subjectNames]);
    const found = names.find((name) => vendors.test(name));
    return found === undefined ? null : { probe: 'ours', saw: `The chain names ${found}.`, fill: { vendor: found } };
  },
};

/** Names that such products put into what they issue. */
const vendors =
  /zscaler|forti(?:gate|net)|palo alto|blue ?coat|symantec web security|netskope|sophos|check ?point|cisco umbrella|opendns|skyhigh|mcafee web|forcepoint|websense|barracuda|watchguard|sonicwall|untangle|mitmproxy|squid|charles proxy|fiddler|burp|kaspersky|eset ssl|avast|ssl (?:inspection|decryption|forward)|tls inspection|man.in.the.middle/i;
