import { suiteNumbers } from '../hello/suite-numbers.ts';
import type { Probe } from '../probe.ts';

/** Whether a far side that chose finite-field Diffie-Hellman has anything better. */
export const ellipticOnly: Probe = {
  id: 'ecdhe-only',
  title: 'Whether it also shares a suite with elliptic curves',
  kind: 'positive',
  isNeeded: ({ seen }) =>
    seen.dials.some(({ suite, error }) => suite?.startsWith('TLS_DHE_') === true || error?.code === 'weak-dh'),
  run: async ({ options, seen, hello }) => {
    const names = options.target.policy.suites.flatMap(({ iana, keyExchange }) =>
      keyExchange === 'ECDHE' ? iana : [],
    );
    const heard = await hello('ecdhe-only', { suites: suiteNumbers(names) });
    if (heard !== null) seen.hellos.push(heard);
  },
};
