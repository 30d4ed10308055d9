import type { Rule } from '../rule.ts';

export const selfSignedDefault: Rule = {
  id: 'self-signed-default',
  symptom: 'The end entity is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT).',
  cause: '{host} shows a certificate that is signed by itself: a default, or one that was made by hand.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5280 §6.1',
  whatToDo:
    'install a certificate for {host} from an authority that was agreed, on the listener that serves this name.',
  tellApart:
    'If a hello with another name shows a proper certificate, the virtual host is missing, not the certificate.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) =>
    facts.serverRefused && facts.trouble('trust') !== null && facts.leaf?.selfIssued === true
      ? {
          probe: 'ours',
          saw: `Subject and issuer are both ${facts.leaf.subject}.`,
          fill: { alert: '48', alertName: 'unknown_ca' },
        }
      : null,
};
