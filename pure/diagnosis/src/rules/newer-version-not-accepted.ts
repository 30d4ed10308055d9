import type { Rule } from '../rule.ts';

export const newerVersionNotAccepted: Rule = {
  id: 'newer-version-not-accepted',
  symptom: 'The policy allows TLS 1.3 with a client certificate, and nobody has accepted that in writing.',
  cause:
    'The policy {policy} would show our certificate by TLS 1.3, where TLS 1.2 was agreed on, and nobody has accepted that in writing for this connection.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'The agreed requirement of TLS 1.2 only',
  whatToDo: 'accept it in the terms of this connection in writing, or choose a policy of TLS 1.2.',
  tellApart: 'Nothing was dialled: the far side is not involved.',
  log: 'nothing',
  repeat: 'handshake-without-certificate',
  match: ({ code, main }) =>
    code === 'tls13-not-accepted' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null,
};
