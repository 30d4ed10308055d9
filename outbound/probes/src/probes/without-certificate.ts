import { askAs, reachedEnforcer } from '../ask-as.ts';
import type { Probe } from '../probe.ts';

/** Whether the far side lets somebody in who has no certificate at all. */
export const withoutCertificate: Probe = {
  id: 'without-certificate',
  title: 'Whether it refuses a connection without a certificate',
  kind: 'negative',
  isNeeded: (context) => context.options.target.clientCertificate !== null && reachedEnforcer(context),
  run: (context) => askAs(context, 'without-certificate', 'none', null),
};
