import type { Probe } from '../probe.ts';

/** Behind one address there may be several machines. */
const times = 2;

/** The same hello again: uneven machines behind one address show themselves by their answers. */
export const again: Probe = {
  id: 'again',
  title: 'Whether the same question gets the same answer',
  kind: 'positive',
  isNeeded: ({ seen }) => seen.hellos.some(({ outcome }) => outcome === 'server-hello' || outcome === 'alert'),
  run: async ({ seen, hello }) => {
    for (let time = 1; time <= times; time++) {
      const heard = await hello(`again:${time}`, {});
      if (heard !== null) seen.hellos.push(heard);
    }
  },
};
