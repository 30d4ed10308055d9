import type { Rule } from '../rule.ts';

export const certificateByRenegotiation: Rule = {
  id: 'certificate-by-renegotiation',
  symptom: 'No CertificateRequest in the handshake; after the request another handshake is asked for.',
  cause: '{host} asks for our certificate only after the request, by a second handshake, which is always refused.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9325 §3.5; RFC 9113 §9.2.1',
  whatToDo:
    'ask for the client certificate in the first handshake: for the whole listener, not for a path (Apache: SSLVerifyClient outside of Location; IIS: negotiate client certificate).',
  tellApart: 'The handshake itself succeeds; the wish comes after the first request.',
  log: 'renegotiation',
  repeat: 'http',
  match: (facts) =>
    facts.code === 'client-certificate-by-renegotiation' ||
    facts.main?.renegotiationAsked === true ||
    facts.answers.some(({ error }) => error?.code === 'client-certificate-by-renegotiation')
      ? { probe: 'ours', saw: 'After the first request the far side asked for another handshake.' }
      : null,
};
