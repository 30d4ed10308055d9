/**
 * The Jira clients of this connector, one for each connection it serves: sockets, session cookies and what the site
 * told stay between sweeps. A new generation of terms, credential or certificate makes a new one.
 */
import { openJiraClient, type JiraAccount, type JiraAnswer, type JiraClient } from '@sallyport/jira-client';
import { fallbackClock, resolveFields, type IssueFields, type SearchClock } from '@sallyport/work-sync';
import type { EvidenceSink } from '@sallyport/tls-dialer';
import type { Evidence } from './evidence.ts';
import type { BoundConnection } from './bound-connection.ts';
import { dialTarget } from './dial-target.ts';

/** What one site has told, asked once for each client. */
export interface SiteFacts {
  readonly account: JiraAccount;
  readonly fields: IssueFields;
  readonly clock: SearchClock;
}

export interface ConnectionClient {
  readonly bound: BoundConnection;
  readonly jira: JiraClient;
  /** Who we are there, which fields it has, and how it understands time. Asked on the first call only. */
  site(signal: AbortSignal): Promise<JiraAnswer<SiteFacts>>;
}

/** Pages are asked for one after the other; the second socket is for what else is asked meanwhile. */
const socketsForEach = 2;
/** Later than any change of any issue: a site that understands the question answers with none. */
const farFuture = Date.UTC(2100, 0);

export class ConnectionClients {
  readonly #evidence: Evidence;
  readonly #clients = new Map<string, ConnectionClient>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
  }

  /** The client for this generation; an older one is closed. */
  async take(bound: BoundConnection): Promise<ConnectionClient> {
    const { id } = bound.connection;
    const known = this.#clients.get(id);
    if (known !== undefined && known.bound.generation === bound.generation && known.jira.stopped === null) return known;
    await this.drop(id);
    const client = openClient(bound, this.#evidence.sinkFor(bound, 'sync'));
    this.#clients.set(id, client);
    return client;
  }

  /** What the client that serves a connection now was made from; null while none does. */
  boundOf(connectionId: string): BoundConnection | null {
    return this.#clients.get(connectionId)?.bound ?? null;
  }

  /** Closes a connection's sockets and forgets its session. */
  async drop(connectionId: string): Promise<void> {
    const client = this.#clients.get(connectionId);
    this.#clients.delete(connectionId);
    await client?.jira.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.keys()].map((id) => this.drop(id)));
  }
}

/** A client that is nobody else's; the caller closes it. */
export function openClient(bound: BoundConnection, sink: EvidenceSink): ConnectionClient {
  const { terms } = bound.connection;
  const jira = openJiraClient({
    terms,
    credential: bound.credential,
    target: () => dialTarget(bound),
    sink,
    connections: socketsForEach,
    clock: Date.now,
  });
  // Each kept as soon as it is known: where Jira limits, the next attempt goes on from there.
  let account: JiraAccount | null = null;
  let fields: IssueFields | null = null;
  let clock: SearchClock | null = null;
  return {
    bound,
    jira,
    site: async (signal) => {
      if (account === null) {
        const answer = await jira.identify(signal);
        if (!answer.ok) return answer;
        account = answer.value;
      }
      if (fields === null) {
        const answer = await jira.fields(signal);
        // A site or gateway may not offer the list; the fields are then taken by their names.
        if (!answer.ok && answer.error.code !== 'JIRA_NOT_FOUND') return answer;
        fields = resolveFields(terms.fields, answer.ok ? answer.value : []);
      }
      if (clock === null) {
        const answer = await probeClock(jira, terms.projectKeys, account, signal);
        if (!answer.ok) return answer;
        clock = answer.value;
      }
      return { ok: true, value: { account, fields, clock }, restMilliseconds: 0 };
    },
  };
}

/** Whether the site understands epoch milliseconds: asked for changes of the year 2100, it must find none. */
async function probeClock(
  jira: JiraClient,
  projectKeys: readonly string[],
  account: JiraAccount,
  signal: AbortSignal,
): Promise<JiraAnswer<SearchClock>> {
  const projects = projectKeys.map((key) => `"${key}"`).join(', ');
  const search = (jql: string): ReturnType<JiraClient['search']> =>
    jira.search({ jql, startAt: 0, maxResults: 1, fields: ['updated'], changelog: false }, signal);
  const probe = await search(`project in (${projects}) AND updated >= ${farFuture}`);
  if (probe.ok && probe.value.issues.length === 0)
    return { ok: true, value: { kind: 'epoch' }, restMilliseconds: probe.restMilliseconds };
  if (!probe.ok && probe.error.code !== 'JIRA_QUERY_REFUSED') return probe;
  // Refused for another reason, such as a project that cannot be seen? Then the plain query is refused too.
  const plain = await search(`project in (${projects})`);
  if (!plain.ok) return plain;
  return { ok: true, value: fallbackClock(account.timeZone), restMilliseconds: plain.restMilliseconds };
}
