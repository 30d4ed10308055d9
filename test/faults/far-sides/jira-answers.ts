/** What stands behind every far side: as much of a Jira as a check or a doctor looks at, the same for all products. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** By path. */
export const jiraAnswers: Readonly<Record<string, unknown>> = {
  '/jira/rest/api/2/serverInfo': {
    baseUrl: 'https://jira.dc.customer.example/jira',
    version: '10.3.2',
    versionNumbers: [10, 3, 2],
    deploymentType: 'Server',
    buildNumber: 10030002,
    serverTitle: 'Jira of the fault matrix',
  },
  '/jira/rest/api/2/myself': {
    name: 'align',
    key: 'JIRAUSER10100',
    displayName: 'Align',
    active: true,
    timeZone: 'UTC',
  },
  '/jira/rest/api/2/search': { startAt: 0, maxResults: 1, total: 0, issues: [] },
  '/jira/rest/agile/1.0/board': { startAt: 0, maxResults: 1, isLast: true, values: [] },
  '/jira/rest/api/2/field': [],
  '/jira/rest/api/2/project': [],
  '/jira/status': { state: 'RUNNING' },
};

/** What a path is answered with; also `/jira` itself, for which a real Jira has a page. */
export function jiraAnswer(path: string): { readonly status: number; readonly type: string; readonly body: string } {
  const bare = path.split('?')[0] ?? '';
  const answer = jiraAnswers[bare];
  if (answer !== undefined) return { status: 200, type: 'application/json', body: JSON.stringify(answer) };
  const isHome = bare === '/jira' || bare === '/jira/' || bare === '/renegcert';
  return { status: isHome ? 200 : 404, type: 'text/html', body: isHome ? '<title>Jira</title>' : '<title>404</title>' };
}

export interface Origin {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Plain HTTP at loopback, for products that stand in front of it. */
export async function startOrigin(): Promise<Origin> {
  const server = createServer((request, response) => {
    const { status, type, body } = jiraAnswer(request.url ?? '/');
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
    request.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
