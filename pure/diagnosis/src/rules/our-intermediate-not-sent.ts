import { isWellFormed, mayLackIntermediate } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const ourIntermediateNotSent: Rule = {
  id: 'our-intermediate-not-sent',
  symptom:
    'Alert 48 (or 46, or HTTP 400); one certificate was sent, and its issuer is an intermediate below an authority that the enforcer names.',
  cause:
    'We send our certificate without the intermediate {ourIssuer} that leads to an authority which {host} accepts.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'operator',
  citation: 'RFC 5246 §7.4.2, §7.4.6',
  whatToDo: 'bind the certificate together with its intermediates, end entity first.',
  tellApart:
    'If the same alert comes with the whole chain, the authority itself is not accepted. An organisation in common is no proof: one has several roots.',
  log: 'client-unknown-authority',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal, ours, main } = facts;
    if (refusal === null || ours === null || !refusal.sent || !isWellFormed(facts)) return null;
    if (refusal.alert !== null && ![48, 46, 42].includes(refusal.alert)) return null;
    const certainty = mayLackIntermediate(facts);
    if (certainty === null) return null;
    const { ownIssuer } = facts.observations;
    const above =
      ownIssuer === undefined
        ? ''
        : ` The issuer's own certificate (${ownIssuer.from}) is issued by ${ownIssuer.issuer}.`;
    const authorities = main?.certificateRequest?.authorities ?? [];
    return {
      probe: refusal.probe,
      saw: `${refusal.words} One certificate was sent; its issuer ${ours.issuer} is not among the ${authorities.length} authorities that were named.${above}`,
      certainty,
    };
  },
};
