import { heardServer } from '../heard.ts';
import { everyOlderSuite } from '../hello/suite-numbers.ts';
import type { Probe } from '../probe.ts';

/** What it would choose if it could: only then it is certain that the suites are what is not shared. */
export const everySuite: Probe = {
  id: 'every-suite',
  title: 'Which suite it chooses when offered every known one',
  kind: 'positive',
  isNeeded: ({ seen }) => !heardServer(seen, 'hello'),
  run: async ({ seen, hello }) => {
    const heard = await hello('every-suite', { suites: everyOlderSuite });
    if (heard !== null) seen.hellos.push(heard);
  },
};
