import { issuerIsUnknown } from '../unknown-issuer.ts';
import type { Rule } from '../rule.ts';

export const rootNotInOurList: Rule = {
  id: 'root-not-in-our-list',
  symptom: 'A complete chain of a public authority whose root is not in our list.',
  cause: 'The chain of {host} ends in {top}, a public authority that our trust list does not know.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'operator',
  citation: 'RFC 5280 §6.1.1 (d)',
  whatToDo: 'update the trust list (a newer Sallyport brings a newer one), or agree on this authority in the terms.',
  tellApart:
    'An intermediate that is missing would be named by the last certificate; a private authority bears no marks of a public one.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const top = facts.chain.at(-1);
    if (!issuerIsUnknown(facts) || facts.chain.length < 2 || top === undefined) return null;
    if (facts.target.anchors !== 'public' || facts.leaf?.looksPublic !== true) return null;
    return {
      probe: 'ours',
      saw: `${facts.chain.length} certificates, the last issued by ${top.issuer}.`,
      fill: { top: top.issuer, alert: '48', alertName: 'unknown_ca' },
    };
  },
};
