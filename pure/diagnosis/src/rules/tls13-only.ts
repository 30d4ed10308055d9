import type { Rule } from '../rule.ts';

export const tls13Only: Rule = {
  id: 'tls13-only',
  symptom: 'Alert 70 (or 40, or a closed connection); a hello of TLS 1.3 is answered.',
  cause: '{host} speaks TLS 1.3 only; this connection is agreed on TLS 1.2.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 8446 §4.2.1; RFC 5246 §7.2.2',
  whatToDo: 'enable TLS 1.2 with at least one of: {suites}.',
  tellApart: 'A far side without a common suite answers TLS 1.2 when it is offered every suite; this one does not.',
  log: 'version',
  repeat: 'handshake-without-certificate',
  match: (facts) => {
    // Under such a policy TLS 1.3 alone is no fault.
    if (facts.main?.verdict === 'accepted' || facts.target.policy === 'tls13') return null;
    const newer = facts.hello('tls13');
    if (newer?.outcome !== 'server-hello' || newer.version !== 'TLS 1.3') return null;
    const hello = facts.hello('hello');
    if (hello === null || facts.speaksTls12('hello') || facts.speaksTls12('every-suite')) return null;
    if (!['alert', 'closed', 'reset'].includes(hello.outcome)) return null;
    return {
      probe: 'tls13',
      saw: `TLS 1.3 was answered with ${newer.suite ?? 'a suite'}; TLS 1.2 with ${hello.alert === null ? 'an end of the connection' : `alert ${hello.alert}`}.`,
    };
  },
};
