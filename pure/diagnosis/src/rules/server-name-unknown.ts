import type { Rule } from '../rule.ts';

export const serverNameUnknown: Rule = {
  id: 'server-name-unknown',
  symptom: 'Alert 112, or an end after a hello with our server name, where one without it is answered.',
  cause: 'What ends TLS at {place} does not know the server name {host}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 6066 §3',
  whatToDo: 'add {host} to the names that the listener at {place} serves.',
  tellApart: 'Without a server name the same listener answers.',
  log: 'connection-only',
  repeat: 'handshake-without-name',
  match: (facts) => {
    if (facts.main?.verdict === 'accepted') return null;
    const named = facts.hello('hello');
    if (named === null || named.outcome === 'server-hello') return null;
    if (named.alert === 112) return { probe: 'hello', saw: 'Alert 112, unrecognized_name.' };
    return facts.speaksTls12('without-sni')
      ? { probe: 'without-sni', saw: 'A hello without a server name was answered; one with it was not.' }
      : null;
  },
};
