import type { Rule } from '../rule.ts';

export const onlyFiniteField: Rule = {
  id: 'only-finite-field',
  symptom: 'Only suites with finite-field Diffie-Hellman are shared.',
  cause: '{host} shares only suites with finite-field Diffie-Hellman, which RFC 10015 forbids.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 10015; RFC 9325 §4.2',
  whatToDo: 'enable a suite with ECDHE; finite-field Diffie-Hellman is being switched off everywhere.',
  tellApart: 'A hello that offers only elliptic suites is not answered.',
  log: 'no-common-suite',
  repeat: 'handshake-elliptic',
  match: (facts) => {
    const elliptic = facts.hello('ecdhe-only');
    return facts.main?.suite?.startsWith('TLS_DHE_') === true &&
      elliptic !== null &&
      elliptic.outcome !== 'server-hello' &&
      elliptic.outcome !== 'unreachable'
      ? { probe: 'ecdhe-only', saw: `It chose ${facts.main.suite}; offered only ECDHE, it did not answer.` }
      : null;
  },
};
