import type { Rule } from '../rule.ts';

export const proxyCannotReachTarget: Rule = {
  id: 'proxy-cannot-reach-target',
  symptom: 'The forward proxy answers CONNECT with 502, 503 or 504.',
  cause: 'The forward proxy does not reach {host}:{port}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'network-team',
  citation: 'RFC 9110 §15.6',
  whatToDo: 'see why the forward proxy does not reach {host}:{port}: name, route or firewall behind it.',
  tellApart: 'The log of the proxy says whether the name or the connection failed.',
  log: 'nothing',
  repeat: 'http',
  match: ({ code, main }) =>
    code === 'proxy-bad-gateway'
      ? { probe: 'ours', saw: main?.error?.message ?? '', actor: main?.error?.actor ?? 'network-team' }
      : null,
};
