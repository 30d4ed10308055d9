import type { Probe } from '../probe.ts';

/** What the policy offers, and nothing else of us: sees what the gate had to refuse. */
export const hello: Probe = {
  id: 'hello',
  title: 'What the far side answers to the hello of the policy',
  kind: 'positive',
  isNeeded: () => true,
  run: async ({ seen, hello: say }) => {
    const heard = await say('hello', {});
    if (heard !== null) seen.hellos.push(heard);
  },
};
