import type { Rule } from '../rule.ts';

export const closedWhileHeld: Rule = {
  id: 'closed-while-held',
  symptom: 'The far side closes while we judge its chain.',
  cause: '{host} ended the handshake while its chain was still being judged.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5246 §7.4',
  whatToDo: 'see why the revocation data of this chain takes so long to fetch; the next attempt finds it at hand.',
  tellApart: 'It is no refusal: our certificate had not been sent.',
  log: 'connection-only',
  repeat: 'handshake-without-certificate',
  match: ({ code, main }) =>
    code === 'peer-closed-while-held'
      ? { probe: 'ours', saw: main?.error?.message ?? '', actor: main?.error?.actor ?? 'operator' }
      : null,
};
