import type { Probe } from '../probe.ts';

/** Addresses that are dialled besides the first. */
const mostOthers = 4;

/** Every other address of the name: one of several nodes is often the one that was forgotten. */
export const eachAddress: Probe = {
  id: 'each-address',
  title: 'Whether every address of the name behaves alike',
  kind: 'positive',
  isNeeded: ({ addresses }) => addresses.length > 1,
  run: async ({ addresses, seen, options, dial }) => {
    const first = seen.dials[0]?.address;
    const { clientCertificate } = options.target;
    for (const address of addresses.filter((one) => one !== first).slice(0, mostOthers)) {
      const dialled = await dial(
        `address:${address}`,
        clientCertificate === null ? 'none' : 'ours',
        clientCertificate,
        address,
      );
      if (dialled === null) return;
      seen.dials.push(dialled.dial);
      await dialled.session?.end();
    }
  },
};
