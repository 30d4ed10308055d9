import type { Rule } from '../rule.ts';

export const weakKeyExchange: Rule = {
  id: 'weak-key-exchange',
  symptom: 'A finite-field group below 2048 bits, or one of its own making.',
  cause: 'The Diffie-Hellman group of {host} is too weak{bits}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9325 §4.1; RFC 7919',
  whatToDo:
    'enable a suite with ECDHE, or set a named group of at least 2048 bits (ffdhe2048; in Java -Djdk.tls.ephemeralDHKeySize=2048).',
  tellApart: 'The bits are read from ServerKeyExchange; nothing else gives this sign.',
  log: 'our-alert',
  repeat: 'handshake-without-certificate',
  match: (facts) => {
    if (facts.code !== 'weak-dh') return null;
    const bits = facts.hello('hello')?.dhBits ?? null;
    return {
      probe: 'ours',
      saw: facts.main?.error?.message ?? 'a weak group',
      fill: { alert: '71', bits: bits === null ? '' : ` (${bits} bits)` },
    };
  },
};
