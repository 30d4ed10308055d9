/** One request to a far side, as a client with one certificate or none makes it; and what came of it. */
import { request } from 'node:https';
import type { Identity } from '@sallyport/sandbox';

export interface Knock {
  readonly port: number;
  readonly rootPem: string;
  readonly client: Identity | null;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const patienceMilliseconds = 10_000;

/** `HTTP 200`, `alert 48`, or `closed`: nothing else can happen to one who knocks. */
export function knock({ port, rootPem, client, path, method, headers }: Knock): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      servername: 'localhost',
      path: path ?? '/jira/rest/api/2/serverInfo',
      method: method ?? 'GET',
      headers: { host: `localhost:${port}`, ...headers },
      ca: rootPem,
      maxVersion: 'TLSv1.2',
      agent: false,
      timeout: patienceMilliseconds,
      ...(client === null ? {} : { cert: client.chainPem, key: client.keyPem }),
    });
    outgoing.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(`HTTP ${response.statusCode}`));
      response.once('error', () => resolve(`HTTP ${response.statusCode}`));
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.once('error', (error) => resolve(alertOf(error) ?? closedOf(error)));
    outgoing.end();
  });
}

function alertOf(error: Error): string | null {
  const number = /SSL alert number (\d+)/.exec(error.message)?.[1];
  return number === undefined ? null : `alert ${number}`;
}

function closedOf(error: Error & { code?: string }): string {
  return ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? 'closed' : `${error.code ?? ''} ${error.message}`;
}

/** Asks again until the answer is the wanted one: a reload takes effect when the server has done it, not before. */
export async function knockUntil(wanted: (answer: string) => boolean, how: Knock): Promise<string> {
  const end = Date.now() + patienceMilliseconds;
  for (;;) {
    const answer = await knock(how);
    if (wanted(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
