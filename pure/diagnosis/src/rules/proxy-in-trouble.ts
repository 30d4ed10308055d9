import type { Rule } from '../rule.ts';

export const proxyInTrouble: Rule = {
  id: 'proxy-in-trouble',
  symptom: 'The forward proxy is not there, is silent, or speaks another protocol.',
  cause: 'The forward proxy cannot be used: {saw}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'network-team',
  citation: 'RFC 9110 §9.3.6',
  whatToDo: 'see to the forward proxy of this connection, or tell its present address.',
  tellApart: 'Nothing was said to the target yet: it is not involved.',
  log: 'nothing',
  repeat: 'http',
  match: ({ code, main }) =>
    ['proxy-unreachable', 'proxy-timeout', 'proxy-protocol-error', 'proxy-checks-refused'].includes(code)
      ? {
          probe: 'ours',
          saw: main?.error?.message ?? '',
          fill: { saw: main?.error?.message ?? '' },
          actor: main?.error?.actor ?? 'network-team',
        }
      : null,
};
