/**
 * One sweep of one connection: pages are asked for while the page before is stored. Whatever ends it, what is stored
 * is stored with the position to go on from.
 */
import type { JiraAnswer, JiraClient, JiraError } from '@sallyport/jira-client';
import { storePage, type Lease, type Scope, type Store } from '@sallyport/store';
import {
  advance,
  searchJql,
  type IssueFields,
  type SearchClock,
  type SearchPage,
  type SyncPosition,
} from '@sallyport/work-sync';
import type { Courtesy } from '../calls/courtesy.ts';
import type { Counters } from '../counters.ts';
import { readPage } from './search-page-reading.ts';

export interface Sweep {
  readonly store: Store;
  readonly scope: Scope;
  readonly lease: Lease;
  readonly connection: { readonly id: string; readonly customerId: string };
  readonly projectKeys: readonly string[];
  readonly client: JiraClient;
  readonly fields: IssueFields;
  readonly clock: SearchClock;
  readonly counters: Counters;
  readonly courtesy: Courtesy;
  readonly signal: AbortSignal;
  /** Waits, showing why; resolves early when the signal aborts. */
  readonly rest: (milliseconds: number) => Promise<void>;
}

export type SweepEnd =
  | { readonly outcome: 'complete'; readonly position: SyncPosition; readonly pages: number; readonly issues: number }
  | { readonly outcome: 'failed'; readonly error: JiraError }
  | { readonly outcome: 'aborted' };

/** Issues of a page, with their change logs. Larger pages are faster, and hold the event loop for longer than a call should wait. */
const pageIssues = 40;
const mostAttempts = 4;
/** Errors of a moment: the same request may succeed a second later. */
const momentary = ['JIRA_CONNECTION_LOST', 'JIRA_TIMEOUT', 'JIRA_ANSWER_TRUNCATED', 'JIRA_SERVER_ERROR'];

/** Runs from `begin` to the end of the sweep. Throws what the store throws, `LeaseLostError` among it. */
export async function runSweep(sweep: Sweep, begin: SyncPosition): Promise<SweepEnd> {
  let position = begin;
  let pages = 0;
  let issues = 0;
  let storing: Promise<unknown> = Promise.resolve();
  let asking = position.cursor === null ? null : ask(sweep, position);
  while (position.cursor !== null && asking !== null) {
    const answer = await asking;
    if (sweep.signal.aborted) {
      await storing;
      return { outcome: 'aborted' };
    }
    if (!answer.ok) {
      await storing;
      return { outcome: 'failed', error: answer.error };
    }
    const { issues: read, faults, facts } = await readPage(answer.value, sweep.fields, sweep.courtesy);
    position = advance({ ...position, cursor: position.cursor }, facts, sweep.clock);
    pages += 1;
    issues += read.length;
    sweep.counters.add('issuesRead', read.length);
    sweep.counters.add('issuesRefused', facts.refused.length);
    asking = position.cursor === null ? null : ask(sweep, position, answer.restMilliseconds);
    // The page under way must not end the process if storing this one fails first.
    asking?.catch(() => undefined);
    await storing;
    await sweep.courtesy.yield();
    storing = storePage(sweep.store, sweep.scope, sweep.lease, {
      connectionId: sweep.connection.id,
      customerId: sweep.connection.customerId,
      issues: read,
      faults,
      position,
      sweepTotal: sweepTotal(begin, issues, facts.total, facts.count),
    });
    storing.catch(() => undefined);
  }
  await storing;
  return { outcome: 'complete', position, pages, issues };
}

/** Of a keyset page, the total is what is left: what was read before it comes on top. */
function sweepTotal(begin: SyncPosition, read: number, total: number | null, count: number): number | null {
  if (total === null) return null;
  return begin.cursor?.from === null || read === count ? Math.max(total + read - count, read) : null;
}

/** Asks for the page at the position; waits where Jira limits, and tries a request of a bad moment again. */
async function ask(sweep: Sweep, position: SyncPosition, restMilliseconds = 0): Promise<JiraAnswer<SearchPage>> {
  if (position.cursor === null) throw new TypeError('a sweep that has ended asks for nothing');
  if (restMilliseconds > 0) await sweep.rest(restMilliseconds);
  const query = {
    jql: searchJql(sweep.projectKeys, position.cursor, sweep.clock),
    startAt: position.cursor.startAt,
    maxResults: pageIssues,
    fields: sweep.fields.ids,
    changelog: true,
  };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sweep.client.search(query, sweep.signal);
    if (answer.ok || sweep.signal.aborted) return answer;
    const { code, effect, waitMilliseconds } = answer.error;
    const again = effect === 'wait' || (momentary.includes(code) && attempt < mostAttempts);
    if (!again) return answer;
    sweep.counters.add(effect === 'wait' ? 'rateLimited' : 'requestsRepeated');
    // Jira's own wait, and more each time it was not enough.
    await sweep.rest(Math.max(waitMilliseconds ?? 0, Math.min(2 ** (attempt - 1) * 500, 60_000)));
    if (sweep.signal.aborted) return answer;
  }
}
