import type { Rule } from '../rule.ts';

export const proxyWantsAuthentication: Rule = {
  id: 'proxy-wants-authentication',
  symptom: 'The forward proxy answers CONNECT with 407.',
  cause: 'The forward proxy asks for a user and a password that it did not get, or does not accept.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 9110 §15.5.8',
  whatToDo:
    'give this connection the present user and password of the forward proxy; the network team knows them, and must let us through without where the proxy does not take Basic.',
  tellApart: 'A proxy that forbids the target answers 403.',
  log: 'nothing',
  repeat: 'proxy-with-password',
  match: ({ code, main }) =>
    code === 'proxy-authentication-required'
      ? { probe: 'ours', saw: main?.error?.message ?? '', actor: main?.error?.actor ?? 'operator' }
      : null,
};
