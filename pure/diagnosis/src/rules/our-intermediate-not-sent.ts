import { isWellFormed, issuerIsAccepted } from '../own-certificate.ts';
import { areOfOneFamily, namesInText, saysIntermediate } from '../name-families.ts';
import type { Rule } from '../rule.ts';

export const ourIntermediateNotSent: Rule = {
  id: 'our-intermediate-not-sent',
  symptom:
    'Alert 48 (or 46, or HTTP 400); the enforcer names an authority of the same family as the issuer that we did not send.',
  cause:
    'We send our certificate without the intermediate {ourIssuer} that leads to an authority which {host} accepts.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'operator',
  citation: 'RFC 5246 §7.4.2, §7.4.6',
  whatToDo: 'bind the certificate together with its intermediates, end entity first.',
  tellApart: 'If the same alert comes with the whole chain, the authority itself is not accepted.',
  log: 'client-unknown-authority',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal, ours, main } = facts;
    if (refusal === null || ours === null || !refusal.sent || !isWellFormed(facts)) return null;
    if (refusal.alert !== null && ![48, 46, 42].includes(refusal.alert)) return null;
    const authorities = main?.certificateRequest?.authorities ?? [];
    if (ours.chainLength > 1 || ours.selfIssued || issuerIsAccepted(facts)) return null;
    const isOfFamily = areOfOneFamily(ours.issuerNames, authorities.flatMap(namesInText));
    if (!isOfFamily && !saysIntermediate(ours.issuerNames)) return null;
    return {
      probe: refusal.probe,
      saw: `${refusal.words} One certificate was sent; its issuer ${ours.issuer} is not among the ${authorities.length} authorities that were named.`,
      certainty: isOfFamily ? 'certain' : 'likely',
    };
  },
};
