import type { Rule } from '../rule.ts';

export const noCommonSuite: Rule = {
  id: 'no-common-suite',
  symptom: 'Alert 40 or 71 before any ServerHello; another suite is answered when every one is offered.',
  cause: '{host} shares no cipher suite with the policy {policy}{chosen}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 5246 §7.4.1.3; RFC 9325 §4.2',
  whatToDo: 'enable at least one of: {suites}.',
  tellApart: 'Offered every known suite it answers: so version and name are right, and the suites are not shared.',
  log: 'no-common-suite',
  repeat: 'handshake-without-certificate',
  match: (facts) => {
    if (facts.main?.verdict === 'accepted') return null;
    const hello = facts.hello('hello');
    if (facts.speaksTls12('hello')) return null;
    const every = facts.hello('every-suite');
    if (facts.speaksTls12('every-suite') && hello?.outcome !== 'timeout' && hello?.outcome !== 'unreachable')
      return {
        probe: 'every-suite',
        saw: `Offered every suite, it chose ${every?.suite ?? 'another one'}.`,
        fill: { chosen: `; it would choose ${every?.suite ?? 'another one'}` },
      };
    if (facts.code !== 'no-common-suite') return null;
    // Another version that is answered explains the same alert.
    if (facts.hello('tls13')?.outcome === 'server-hello' || facts.hello('tls11')?.outcome === 'server-hello')
      return null;
    return { probe: 'ours', saw: facts.main?.error?.message ?? 'alert 40', fill: { chosen: '' }, certainty: 'likely' };
  },
};
