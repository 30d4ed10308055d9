/** What a read-only synchronisation asks of Jira Data Center: REST v2, three requests. */
import type { Dispatcher } from 'undici';
import { asObject, asText, readSearchPage, type SearchPage } from '@sallyport/work-sync';
import { jiraError, type JiraError } from './jira-error.ts';
import { JiraSession, type JiraAnswer, type JiraSessionOptions } from './jira-session.ts';
import { judgeName } from './judge-answer.ts';

export interface JiraAccount {
  readonly name: string;
  readonly key: string | null;
  /** IANA name; null where Jira does not say. */
  readonly timeZone: string | null;
}

export interface SearchQuery {
  readonly jql: string;
  readonly startAt: number;
  readonly maxResults: number;
  readonly fields: readonly string[];
  readonly changelog: boolean;
}

/** All requests of one connection. `close` ends its sockets; requests under way then fail. */
export interface JiraClient {
  /** Asks who Jira takes us for, and from then on accepts answers to this account only. */
  identify(signal?: AbortSignal): Promise<JiraAnswer<JiraAccount>>;
  /** The site's fields, as Jira answers them. */
  fields(signal?: AbortSignal): Promise<JiraAnswer<unknown>>;
  search(query: SearchQuery, signal?: AbortSignal): Promise<JiraAnswer<SearchPage>>;
  /** What a new certificate is tried with before requests move to it. */
  harmlessRead(): Dispatcher.DispatchOptions;
  /** Why nothing more is sent; null while it goes on. */
  readonly stopped: JiraError | null;
  close(): Promise<void>;
}

/** For `openJiraClient` and tests of this room. */
export function clientOver(options: JiraSessionOptions): JiraClient {
  const session = new JiraSession(options);
  return {
    identify: async (signal) => {
      const answer = await session.get('/rest/api/2/myself', {}, signal);
      if (!answer.ok) return answer;
      const account = readAccount(answer.value);
      if (account === null)
        return session.refuse(jiraError('JIRA_ANONYMOUS', 'Jira does not say whom it takes us for.'));
      const expected = options.terms.accountName;
      const other = expected === null ? null : judgeName(account.name, expected);
      if (other !== null) return session.refuse(other);
      session.pinAccount(account.name);
      return { ...answer, value: account };
    },
    fields: (signal) => session.get('/rest/api/2/field', {}, signal),
    search: async (query, signal) => {
      const answer = await session.post(
        '/rest/api/2/search',
        {
          jql: query.jql,
          startAt: query.startAt,
          maxResults: query.maxResults,
          fields: query.fields,
          ...(query.changelog ? { expand: ['changelog'] } : {}),
        },
        signal,
      );
      if (!answer.ok) return answer;
      const page = readSearchPage(answer.value);
      return page === null
        ? session.refuse(jiraError('JIRA_ANSWER_SHAPE', "Jira's answer is no page of a search."))
        : { ...answer, value: page };
    },
    harmlessRead: () => session.harmlessRead(),
    get stopped() {
      return session.stopped;
    },
    close: () => options.dispatcher.destroy(),
  };
}

function readAccount(value: unknown): JiraAccount | null {
  const myself = asObject(value);
  const name = asText(myself?.name);
  if (myself === null || name === null || /^anonymous$/i.test(name)) return null;
  return { name, key: asText(myself.key), timeZone: asText(myself.timeZone) };
}
