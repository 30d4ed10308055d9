import { everyOlderSuite } from '../hello/suite-numbers.ts';
import type { Probe } from '../probe.ts';
import { heardServer } from '../heard.ts';

/** Whether TLS 1.1 is the newest that is spoken: some such servers say so by alert 70, others only that nothing fits (alert 40). */
export const olderVersion: Probe = {
  id: 'tls11',
  title: 'Whether it speaks TLS 1.1 and nothing newer',
  kind: 'positive',
  isNeeded: ({ seen }) => !heardServer(seen, 'hello'),
  run: async ({ seen, hello }) => {
    const heard = await hello('tls11', { version: 0x0302, suites: everyOlderSuite });
    if (heard !== null) seen.hellos.push(heard);
  },
};
