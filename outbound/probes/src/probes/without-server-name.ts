import type { Probe } from '../probe.ts';

/** Whether the far side chooses another certificate, or answers at all, when no name is asked for. */
export const withoutServerName: Probe = {
  id: 'without-sni',
  title: 'What it shows when no server name is asked for',
  kind: 'positive',
  isNeeded: () => true,
  run: async ({ seen, hello }) => {
    const heard = await hello('without-sni', { serverName: null });
    if (heard !== null) seen.hellos.push(heard);
  },
};
