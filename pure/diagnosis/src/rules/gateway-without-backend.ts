import type { Rule } from '../rule.ts';

export const gatewayWithoutBackend: Rule = {
  id: 'gateway-without-backend',
  symptom: '502 or 504.',
  cause: 'The proxy in front of {host} gets no answer from Jira behind it.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9110 §15.6.3, §15.6.5',
  whatToDo: 'see whether Jira runs, and whether the proxy still finds it at its address.',
  tellApart: 'TLS and client certificate are accepted: the fault is behind the proxy.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered }) =>
    answered && (answer?.status === 502 || answer?.status === 504)
      ? { probe: answer.probe, saw: `HTTP ${answer.status}.` }
      : null,
};
