import type { Probe } from '../probe.ts';

/** One harmless question for each family of paths that a gateway may hold back. */
const families = ['/rest/agile/1.0/board?maxResults=1', '/rest/api/2/field'];

/** Whether the gateway lets every family of paths through that the work needs. */
export const restPaths: Probe = {
  id: 'rest-paths',
  title: 'Whether the other REST paths are let through',
  kind: 'positive',
  isNeeded: ({ seen }) => seen.http[0]?.status === 200 && seen.http[0].kind === 'json',
  run: async ({ options, seen, dial }) => {
    const { clientCertificate } = options.target;
    const wanted = families.filter((path) => options.restPaths === null || isAllowed(path, options.restPaths));
    if (wanted.length === 0) return;
    const dialled = await dial('rest-paths', clientCertificate === null ? 'none' : 'ours', clientCertificate);
    if (dialled?.session == null) return;
    try {
      for (const path of wanted) {
        const answer = await dialled.session.ask('rest-paths', `${options.url.contextPath}${path}`, options.bearer);
        if (answer !== null) seen.http.push(answer);
        if (answer?.status === 429) return;
      }
    } finally {
      await dialled.session.end();
    }
  },
};

/** Terms end a path in `*` for one more segment. */
function isAllowed(path: string, allowed: readonly string[]): boolean {
  const bare = path.split('?')[0] ?? '';
  return allowed.some((one) => (one.endsWith('*') ? bare.startsWith(one.slice(0, -1)) : one === bare));
}
