import type { Probe } from '../probe.ts';
import { serverInfoPath } from './ours.ts';

/** Where Jira is found when the URL does not say it. */
const usualPaths = ['', '/jira'];

/** Whether Jira lives under another path of the same host. */
export const contextPath: Probe = {
  id: 'context-path',
  title: 'Whether Jira answers under another context path',
  kind: 'positive',
  isNeeded: ({ seen }) => {
    const first = seen.http[0];
    return (
      first !== undefined &&
      (first.status === 404 || (first.status !== null && first.status < 400 && first.kind !== 'json'))
    );
  },
  run: async ({ options, seen, dial }) => {
    const { clientCertificate } = options.target;
    const dialled = await dial('context-path', clientCertificate === null ? 'none' : 'ours', clientCertificate);
    if (dialled?.session == null) return;
    try {
      for (const path of usualPaths.filter((one) => one !== options.url.contextPath)) {
        // No credential: whoever answers there may not be the Jira that it is for.
        const answer = await dialled.session.ask('context-path', `${path}${serverInfoPath}`, null);
        if (answer !== null) seen.http.push(answer);
      }
    } finally {
      await dialled.session.end();
    }
  },
};
