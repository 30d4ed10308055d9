import type { Rule } from '../rule.ts';

export const proxyForbidsTarget: Rule = {
  id: 'proxy-forbids-target',
  symptom: 'The forward proxy answers CONNECT with 403.',
  cause: 'The forward proxy does not allow connections to {host}:{port}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'network-team',
  citation: 'RFC 9110 §9.3.6',
  whatToDo: 'allow CONNECT to {host}:{port} on the forward proxy.',
  tellApart: 'A proxy that cannot reach the target answers 502, 503 or 504.',
  log: 'nothing',
  repeat: 'http',
  match: ({ code, main }) =>
    code === 'proxy-forbidden'
      ? { probe: 'ours', saw: main?.error?.message ?? '', actor: main?.error?.actor ?? 'network-team' }
      : null,
};
