import type { Rule } from '../rule.ts';

export const notTls: Rule = {
  id: 'not-tls',
  symptom: 'What answers is no TLS (ERR_SSL_WRONG_VERSION_NUMBER).',
  cause: 'What answers at {place} does not speak TLS{spoken}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5246 §6.2.1',
  whatToDo: 'tell the port on which Jira is reached by https, or switch TLS on at {place}.',
  tellApart: 'The first words say which protocol it is.',
  log: 'plain-http',
  repeat: 'handshake-without-certificate',
  match: (facts) => {
    const heard = facts.hello('hello');
    if (facts.code !== 'not-tls' && heard?.outcome !== 'not-tls') return null;
    const words = heard?.words ?? '';
    const spoken =
      words === '' ? '' : /^HTTP\/|<html/i.test(words) ? ': it is plain HTTP' : `: it says "${words.slice(0, 60)}"`;
    return {
      probe: heard?.outcome === 'not-tls' ? 'hello' : 'ours',
      saw: words === '' ? 'Something that is no TLS record.' : words,
      fill: { spoken },
    };
  },
};
