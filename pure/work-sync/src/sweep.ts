/**
 * One sweep over all projects of a connection, in the order of the last change. By keyset: each page is asked from the
 * last change of the page before, so that pages do not shift when issues change meanwhile. Where a full page lies
 * within one instant of the site's clock, by offset, with a few issues read twice: if those are not the same again, the
 * order moved and that instant is read from its beginning.
 */
import type { IssueFault } from './issue.ts';
import type { EpochMilliseconds } from './jira-instant.ts';
import { clockOperand, windowStart, type SearchClock } from './search-clock.ts';

/** Where the next page begins. Plain data, kept in the database: everything before it is stored. */
export interface SweepCursor {
  /** Null: from the beginning of time. */
  readonly from: EpochMilliseconds | null;
  readonly startAt: number;
  /** Ids that the next page must begin with; empty unless paging by offset. */
  readonly tail: readonly string[];
  /** How often this instant was read again because its order had moved. */
  readonly restarts: number;
}

/** How far a connection has been read. Plain data, kept in the database. */
export interface SyncPosition {
  /** Last change seen by the last sweep that was stored whole; null before the first. */
  readonly watermark: EpochMilliseconds | null;
  /** Last change seen by the sweep under way. */
  readonly seenUpTo: EpochMilliseconds | null;
  /** Null when no sweep is under way. */
  readonly cursor: SweepCursor | null;
  /** What was asked for; another scope begins anew. */
  readonly scope: string;
  /** Issues of this sweep that could not be kept, the last fifty of them: nothing is left out in silence. */
  readonly refused: readonly IssueFault[];
}

/** What planning needs to know of a page. */
export interface PageFacts {
  readonly ids: readonly string[];
  /** Of each readable issue, in the page's order. */
  readonly updatedAt: readonly EpochMilliseconds[];
  /** Issues on the page, readable or not. */
  readonly count: number;
  readonly startAt: number;
  /** As Jira answered it. */
  readonly maxResults: number;
  readonly total: number | null;
  /** Issues of the page that were refused. */
  readonly refused: readonly IssueFault[];
}

/** Longer than a search index is known to lag behind and clocks of nodes to differ. */
export const overlapMilliseconds = 5 * 60_000;
const tailLength = 3;
/** A site that never gives the same order twice would otherwise be read forever. */
const mostRestarts = 3;
const mostRefused = 50;

/** The text of what is asked for: other projects or fields must be read from the beginning. */
export function syncScope(projectKeys: readonly string[], fieldIds: readonly string[]): string {
  return JSON.stringify([projectKeys.toSorted(), fieldIds.toSorted()]);
}

/** The position to go on from: a sweep that was cut off, or a new sweep from the watermark less the overlap. */
export function resumeOrBegin(stored: SyncPosition | null, scope: string): SyncPosition & { cursor: SweepCursor } {
  const position = stored !== null && stored.scope === scope ? stored : emptyPosition(scope);
  if (position.cursor !== null) return { ...position, cursor: position.cursor };
  const from = position.watermark === null ? null : position.watermark - overlapMilliseconds;
  return {
    ...position,
    seenUpTo: position.watermark,
    cursor: { from, startAt: 0, tail: [], restarts: 0 },
    refused: [],
  };
}

function emptyPosition(scope: string): SyncPosition {
  return { watermark: null, seenUpTo: null, cursor: null, scope, refused: [] };
}

/** JQL for the page at a cursor. Keys are checked when terms are written, and quoted here all the same. */
export function searchJql(projectKeys: readonly string[], cursor: SweepCursor, clock: SearchClock): string {
  const projects = projectKeys.map((key) => `"${key.replaceAll(/["\\]/g, '')}"`).join(', ');
  const since = cursor.from === null ? '' : ` AND updated >= ${clockOperand(clock, cursor.from)}`;
  return `project in (${projects})${since} ORDER BY updated ASC, id ASC`;
}

/** The position after a page has been stored. The watermark moves only when the last page of the sweep is. */
export function advance(
  position: SyncPosition & { cursor: SweepCursor },
  page: PageFacts,
  clock: SearchClock,
): SyncPosition {
  const seenUpTo = page.updatedAt.reduce<number | null>(
    (latest, at) => (latest === null || at > latest ? at : latest),
    position.seenUpTo,
  );
  const cursor = nextCursor(position.cursor, page, clock);
  const refused = [...position.refused, ...page.refused].slice(-mostRefused);
  return cursor === null
    ? { ...position, watermark: seenUpTo, seenUpTo, cursor: null, refused }
    : { ...position, seenUpTo, cursor, refused };
}

function nextCursor(cursor: SweepCursor, page: PageFacts, clock: SearchClock): SweepCursor | null {
  const moved = cursor.tail.some((id, index) => page.ids[index] !== id);
  if (moved && cursor.restarts < mostRestarts)
    return { from: cursor.from, startAt: 0, tail: [], restarts: cursor.restarts + 1 };
  // More than Jira's own cap cannot be a step in its order.
  const step = Math.min(page.count, page.maxResults);
  if (isLast(page, step)) return null;
  const last = isAscending(page.updatedAt) ? page.updatedAt.at(-1) : undefined;
  if (last !== undefined && makesProgress(cursor, last, clock))
    return { from: last, startAt: 0, tail: [], restarts: 0 };
  const tail = page.ids.length === step && page.count === step ? page.ids.slice(-tailLength) : [];
  const startAt = page.startAt + step - tail.length;
  // A page no longer than its tail would be asked for again and again.
  return startAt > cursor.startAt
    ? { from: cursor.from, startAt, tail, restarts: cursor.restarts }
    : { from: cursor.from, startAt: page.startAt + step, tail: [], restarts: cursor.restarts };
}

/** A page in another order says nothing about the pages after it. */
function isAscending(instants: readonly EpochMilliseconds[]): boolean {
  return instants.every((at, index) => index === 0 || at >= (instants[index - 1] ?? 0));
}

function makesProgress(cursor: SweepCursor, last: EpochMilliseconds, clock: SearchClock): boolean {
  if (cursor.from === null) return true;
  // A day before every page would be asked for with every page: this clock pages by offset.
  if (clock.kind === 'utc-less-a-day') return false;
  return last > cursor.from && windowStart(clock, last) > windowStart(clock, cursor.from);
}

/** Jira may cap the page below what was asked: only a page shorter than its own cap, or the total, ends a sweep. */
function isLast(page: PageFacts, step: number): boolean {
  if (step === 0) return true;
  if (page.total !== null && page.startAt + step >= page.total) return true;
  return page.total === null && page.count < page.maxResults;
}
