import type { Rule } from '../rule.ts';

export const noCertificateOfOurs: Rule = {
  id: 'no-certificate-of-ours',
  symptom: 'The far side requires a client certificate, and we had none to send (alert 40, 42 or 116, or HTTP 400).',
  cause: '{host} requires a client certificate, and none of ours is bound to this connection.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5246 §7.4.6; RFC 8446 §6.2 (certificate_required)',
  whatToDo: 'bind a client certificate to this connection.',
  tellApart: 'With a certificate in hand the far side would say what is wrong with it.',
  log: 'client-none',
  repeat: 'handshake-without-certificate',
  match: ({ refusal, ours }) =>
    refusal !== null && ours === null ? { probe: refusal.probe, saw: refusal.words } : null,
};
