/**
 * The Jira clients of this connector, one for each connection it serves: sockets, session cookies and what the site
 * told stay between sweeps. A new generation of terms, credential or certificate makes a new one.
 */
import { openJiraClient, type JiraAccount, type JiraAnswer, type JiraClient } from '@sallyport/jira-client';
import { fallbackClock, resolveFields, type IssueFields, type SearchClock } from '@sallyport/work-sync';
import type { CertificateGeneration, EvidenceSink } from '@sallyport/tls-dialer';
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
  /** What it was made from; after a swap, with the certificate that requests go out with now. */
  readonly bound: BoundConnection;
  readonly jira: JiraClient;
  /** Who we are there, which fields it has, and how it understands time. Asked on the first call only. */
  site(signal: AbortSignal): Promise<JiraAnswer<SiteFacts>>;
  /**
   * Moves requests to the certificate that `bound` names, or back to the one before. Rejects with nothing moved; also where
   * `isWanted` says, once the far side has answered, that the pointer has gone elsewhere meanwhile.
   */
  follow(bound: BoundConnection, isWanted?: () => boolean): Promise<void>;
  /** Whether a certificate serves or is kept ready: requests move there without a handshake. */
  keeps(certificateId: string): boolean;
  /** The swap's window has closed: the certificate before is not needed any more. */
  forgetPrevious(): void;
}

/** Pages are asked for one after the other; the second socket is for what else is asked meanwhile. */
const socketsForEach = 2;
/** Later than any change of any issue: a site that understands the question answers with none. */
const farFuture = Date.UTC(2100, 0);

/** A far side that let a certificate in and then refuses it. */
export type RefusalListener = (bound: BoundConnection, error: Error) => void;

export class ConnectionClients {
  readonly #evidence: Evidence;
  readonly #sockets: number;
  readonly #clients = new Map<string, ConnectionClient>();
  #onRefused: RefusalListener = () => undefined;

  constructor(evidence: Evidence, sockets = socketsForEach) {
    this.#evidence = evidence;
    this.#sockets = sockets;
  }

  /** Told once for each generation that a far side refused while it was in use. */
  onCertificateRefused(listener: RefusalListener): void {
    this.#onRefused = listener;
  }

  /** The client for this generation. One that differs by our certificate only is kept: it is moved by who follows the pointer. */
  async take(bound: BoundConnection): Promise<ConnectionClient> {
    const { id } = bound.connection;
    const known = this.#clients.get(id);
    const fits =
      known !== undefined && known.bound.base === bound.base && known.bound.binding?.slotId === bound.binding?.slotId;
    if (fits && known.jira.stopped === null) return known;
    await this.drop(id);
    const client = openClient(bound, {
      sinkFor: (current) => this.#evidence.sinkFor(current, 'sync'),
      sockets: this.#sockets,
      onRefused: (refused, error) => this.#onRefused(refused, error),
    });
    this.#clients.set(id, client);
    return client;
  }

  /** What the client that serves a connection now was made from; null while none does. */
  boundOf(connectionId: string): BoundConnection | null {
    return this.#clients.get(connectionId)?.bound ?? null;
  }

  /** Those that are served now. */
  serving(): readonly ConnectionClient[] {
    return [...this.#clients.values()];
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

export interface ClientOptions {
  /** Receives the evidence of dials with the certificate of `bound`. */
  readonly sinkFor: (bound: BoundConnection) => EvidenceSink;
  readonly sockets?: number;
  readonly onRefused?: RefusalListener;
}

/** A client that is nobody else's; the caller closes it. */
export function openClient(first: BoundConnection, options: ClientOptions): ConnectionClient {
  const { terms } = first.connection;
  let bound = first;
  let previous: BoundConnection | null = null;
  const generationOf = (of: BoundConnection): CertificateGeneration => ({
    number: of.binding?.generation ?? 0,
    target: () => dialTarget(of),
    sink: options.sinkFor(of),
  });
  const { jira, sockets } = openJiraClient({
    terms,
    credential: first.credential,
    first: generationOf(first),
    connections: options.sockets ?? socketsForEach,
    clock: Date.now,
    onCertificateRefused: (_number, error) => {
      const refused = bound;
      bound = previous ?? bound;
      previous = null;
      options.onRefused?.(refused, error);
    },
  });
  // Each kept as soon as it is known: where Jira limits, the next attempt goes on from there.
  let account: JiraAccount | null = null;
  let fields: IssueFields | null = null;
  let clock: SearchClock | null = null;
  return {
    get bound() {
      return bound;
    },
    jira,
    keeps: (certificateId) =>
      bound.binding?.certificateId === certificateId || previous?.binding?.certificateId === certificateId,
    follow: async (next, isWanted) => {
      if (next.binding?.certificateId === bound.binding?.certificateId) {
        // The pointer moved and came back: the same certificate under a later number.
        bound = next;
        return;
      }
      if (previous !== null && previous.binding?.certificateId === next.binding?.certificateId) {
        sockets.fallBack();
        [bound, previous] = [next, null];
        return;
      }
      await sockets.move(generationOf(next), jira.harmlessRead(), isWanted);
      [previous, bound] = [bound, next];
    },
    forgetPrevious: () => {
      previous = null;
      sockets.forgetPrevious();
    },
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
