import type { Probe } from '../probe.ts';

/** Below the base URL; every connection needs it, and Jira answers it to everybody. */
export const serverInfoPath = '/rest/api/2/serverInfo';
const accountPath = '/rest/api/2/myself';
/** Statuses after which a second question would tell nothing, or cost the account something. */
const stops = [401, 403, 429, 503];

/** The connection as its work would make it, and the first questions over it. */
export const ours: Probe = {
  id: 'ours',
  title: 'The whole handshake with our certificate, and what Jira answers',
  kind: 'positive',
  isNeeded: () => true,
  run: async ({ options, seen, dial }) => {
    const identity = options.target.clientCertificate === null ? 'none' : 'ours';
    const dialled = await dial('ours', identity, options.target.clientCertificate);
    if (dialled === null) return;
    seen.dials.push(dialled.dial);
    seen.chain = dialled.chain;
    const { session } = dialled;
    if (session === null) return;
    try {
      const { contextPath } = options.url;
      const site = await session.ask('ours', `${contextPath}${serverInfoPath}`, options.bearer);
      if (site === null) return;
      seen.http.push(site);
      if (site.status === null || stops.includes(site.status)) return;
      if (options.bearer !== null) {
        const account = await session.ask('ours', `${contextPath}${accountPath}`, options.bearer);
        if (account !== null) seen.http.push(account);
      }
    } finally {
      if (session.renegotiationAsked) seen.dials.splice(-1, 1, { ...dialled.dial, renegotiationAsked: true });
      await session.end();
    }
  },
};
