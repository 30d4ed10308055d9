import { everyTls13Suite } from '../hello/suite-numbers.ts';
import type { Probe } from '../probe.ts';

/** Whether TLS 1.3 is spoken. */
export const newerVersion: Probe = {
  id: 'tls13',
  title: 'Whether it speaks TLS 1.3',
  kind: 'positive',
  isNeeded: () => true,
  run: async ({ seen, hello }) => {
    const heard = await hello('tls13', { offersTls13: true, suites: everyTls13Suite });
    if (heard !== null) seen.hellos.push(heard);
  },
};
