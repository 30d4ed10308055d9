import type { Rule } from '../rule.ts';

export const newerVersionNotAccepted: Rule = {
  id: 'newer-version-not-accepted',
  symptom: 'The policy allows TLS 1.3, and nobody has accepted that our certificate leaves before the checks.',
  cause:
    'TLS 1.3 sends our certificate before the checks can be made, and nobody has accepted that for this connection.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 8446 §4.4.2; the design of the dial',
  whatToDo: 'accept it in the terms of this connection in writing, or choose a policy of TLS 1.2.',
  tellApart: 'Nothing was dialled: the far side is not involved.',
  log: 'nothing',
  repeat: 'handshake-without-certificate',
  match: ({ code, main }) =>
    code === 'tls13-not-accepted' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null,
};
