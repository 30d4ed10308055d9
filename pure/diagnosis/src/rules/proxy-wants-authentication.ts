import type { Rule } from '../rule.ts';

export const proxyWantsAuthentication: Rule = {
  id: 'proxy-wants-authentication',
  symptom: 'The forward proxy answers CONNECT with 407.',
  cause: 'The forward proxy asks for a user and a password that it did not get, or does not accept.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'network-team',
  citation: 'RFC 9110 §15.5.8',
  whatToDo:
    'allow CONNECT to {host}:{port} from {source} through the forward proxy, or give its present user and password.',
  tellApart: 'A proxy that forbids the target answers 403.',
  log: 'nothing',
  repeat: 'http',
  match: ({ code, main }) =>
    code === 'proxy-authentication-required'
      ? { probe: 'ours', saw: main?.error?.message ?? '', actor: main?.error?.actor ?? 'network-team' }
      : null,
};
