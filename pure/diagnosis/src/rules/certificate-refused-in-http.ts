import { isWellFormed } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const certificateRefusedInHttp: Rule = {
  id: 'certificate-refused-in-http',
  symptom:
    'The handshake succeeds, and HTTP 400 (nginx, Application Gateway) or 403.x (IIS) says that the certificate is refused.',
  cause:
    'The proxy in front of {host} refuses our certificate in HTTP, which says no reason; on our side nothing is wrong with it.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'Measured with nginx: ngx_http_ssl_module, ssl_verify_client',
  whatToDo: 'see the reason in the error log of the proxy (level info) and accept our certificate of {ourIssuer}.',
  tellApart:
    'The number in the log tells: 2, 20 or 21 an authority or intermediate, 10 a date, 23 a revoked certificate, 26 a usage.',
  log: 'client-refused',
  repeat: 'http',
  match: (facts) => {
    const { refusal } = facts;
    return refusal?.how === 'page' && facts.ours !== null && refusal.sent && isWellFormed(facts)
      ? { probe: refusal.probe, saw: refusal.words }
      : null;
  },
};
