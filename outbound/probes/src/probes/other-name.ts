import { askAs, reachedEnforcer } from '../ask-as.ts';
import type { Probe } from '../probe.ts';

/** Whether any certificate of the same authority gets in: then the authority is proven there, but not who we are. */
export const otherName: Probe = {
  id: 'other-name',
  title: 'Whether it refuses a certificate of the same authority under another name',
  kind: 'negative',
  isNeeded: (context) => context.options.otherName !== null && reachedEnforcer(context),
  run: (context) => askAs(context, 'other-name', 'other-name', context.options.otherName),
};
