import { askAs, reachedEnforcer } from '../ask-as.ts';
import { makeThrowAwayCertificate } from '../throw-away-certificate.ts';
import type { Probe } from '../probe.ts';

/** ClientCertificateType ecdsa_sign (RFC 8422 §5.5). */
const ecdsaSign = 64;

/** Whether the far side lets somebody in who signed his certificate himself. */
export const throwAway: Probe = {
  id: 'throw-away',
  title: 'Whether it refuses a certificate that signed itself',
  kind: 'negative',
  isNeeded: reachedEnforcer,
  run: async (context) => {
    const asked = context.seen.dials[0]?.certificateRequest?.types ?? [];
    const kind = asked.length === 0 || asked.includes(ecdsaSign) ? 'ec' : 'rsa';
    await askAs(context, 'throw-away', 'throw-away', await makeThrowAwayCertificate(kind, Date.now()));
  },
};
