import type { Rule } from '../rule.ts';

export const tls12NotSpoken: Rule = {
  id: 'tls12-not-spoken',
  symptom: 'Alert 70, and no other version is answered either.',
  cause: '{host} does not speak TLS 1.2.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5246 §7.2.2 (protocol_version)',
  whatToDo: 'enable TLS 1.2 with at least one of: {suites}.',
  tellApart: 'The hellos of TLS 1.3 and 1.1 say which version it speaks instead; here neither was answered.',
  log: 'version',
  repeat: 'handshake-without-certificate',
  match: (facts) =>
    facts.code === 'protocol-version' ? { probe: 'ours', saw: facts.main?.error?.message ?? 'alert 70' } : null,
};
