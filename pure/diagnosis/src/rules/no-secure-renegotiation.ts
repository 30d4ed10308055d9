import type { Rule } from '../rule.ts';

export const noSecureRenegotiation: Rule = {
  id: 'no-secure-renegotiation',
  symptom: 'ServerHello lacks renegotiation_info (ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED).',
  cause: '{host} does not know secure renegotiation: it is an old appliance, or an old TLS library.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5746 §3.4',
  whatToDo: 'update the TLS library or firmware of what ends TLS at {place}.',
  tellApart: 'The extension is looked for in ServerHello itself.',
  log: 'our-alert',
  repeat: 'handshake-without-certificate',
  match: (facts) => {
    const hello = facts.hello('hello');
    if (hello?.secureRenegotiation !== false || facts.main?.verdict === 'accepted') return null;
    if (!['server-key-not-proven', 'tls-protocol-error', 'peer-closed'].includes(facts.code)) return null;
    return { probe: 'hello', saw: 'ServerHello came without the extension renegotiation_info.', fill: { alert: '40' } };
  },
};
