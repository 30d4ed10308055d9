/** Sweeps against a small Jira that caps pages, breaks ties as it likes and is written to meanwhile. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advance, clockOperand, fallbackClock, resumeOrBegin, searchJql, windowStart } from './index.ts';
import type { PageFacts, SearchClock, SweepCursor, SyncPosition } from './index.ts';

interface Row {
  readonly id: string;
  readonly updatedAt: number;
}
const epoch: SearchClock = { kind: 'epoch' };
const begin = Date.UTC(2026, 0);

class SmallJira {
  rows: Row[];
  readonly cap: number;
  constructor(rows: Row[], cap: number) {
    this.rows = rows;
    this.cap = cap;
  }
  search(cursor: SweepCursor, clock: SearchClock): PageFacts {
    const from = cursor.from === null ? Number.NEGATIVE_INFINITY : windowStart(clock, cursor.from);
    const found = this.rows
      .filter((row) => row.updatedAt >= from)
      .toSorted((a, b) => a.updatedAt - b.updatedAt || Number(a.id) - Number(b.id));
    const page = found.slice(cursor.startAt, cursor.startAt + this.cap);
    return {
      ids: page.map((row) => row.id),
      updatedAt: page.map((row) => row.updatedAt),
      count: page.length,
      startAt: cursor.startAt,
      maxResults: this.cap,
      total: found.length,
      refused: [],
    };
  }
  touch(id: string, updatedAt: number): void {
    this.rows = this.rows.map((row) => (row.id === id ? { id, updatedAt } : row));
  }
}

function sweep(
  jira: SmallJira,
  clock: SearchClock,
  stored: SyncPosition | null,
  between: (page: number) => void = () => undefined,
): { seen: Map<string, number>; position: SyncPosition; pages: number } {
  const seen = new Map<string, number>();
  let position: SyncPosition = resumeOrBegin(stored, 'scope');
  let pages = 0;
  while (position.cursor !== null) {
    const page = jira.search(position.cursor, clock);
    page.ids.forEach((id, index) => seen.set(id, page.updatedAt[index] ?? 0));
    position = advance({ ...position, cursor: position.cursor }, page, clock);
    pages += 1;
    assert.ok(pages < 1_000, 'the sweep does not end');
    between(pages);
  }
  return { seen, position, pages };
}

const spread = (count: number, step: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index + 1), updatedAt: begin + index * step }));

describe('a sweep', () => {
  for (const [what, rows] of [
    ['issues spread over time', spread(95, 1_000)],
    ['all issues changed in one millisecond', spread(95, 0)],
    [
      'bulk changes between others',
      spread(95, 1).map((row, index) => (index > 20 && index < 70 ? { ...row, updatedAt: begin + 21 } : row)),
    ],
    ['no issue', []],
    ['exactly one page', spread(10, 5)],
  ] as const) {
    for (const clock of [epoch, fallbackClock('Europe/Zurich'), fallbackClock('Nowhere/At-all')]) {
      it(`reads every issue: ${what}, asked by ${clock.kind}`, () => {
        const { seen, position } = sweep(new SmallJira([...rows], 10), clock, null);
        assert.equal(seen.size, rows.length);
        assert.equal(position.watermark, rows.at(-1)?.updatedAt ?? null);
      });
    }
  }

  it('reads an issue that changes meanwhile, as it was or as it is', () => {
    const jira = new SmallJira(spread(60, 1_000), 7);
    const { seen } = sweep(jira, epoch, null, (page) => jira.touch(String(page), begin + 100_000 + page));
    assert.equal(seen.size, 60);
    for (const row of jira.rows) assert.ok(seen.has(row.id));
  });

  it('misses none within one millisecond while issues leave it', () => {
    const jira = new SmallJira(spread(60, 0), 7);
    const { seen } = sweep(jira, epoch, null, (page) => {
      if (page < 4) for (const id of [page, page + 20]) jira.touch(String(id), begin + 1_000 + page);
    });
    assert.equal(seen.size, 60);
  });

  it('reads every issue although something slips foreign issues into its pages', () => {
    const jira = new SmallJira(spread(95, 1_000), 10);
    const search = jira.search.bind(jira);
    jira.search = (cursor, clock) => {
      const page = search(cursor, clock);
      if (cursor.startAt > 0) return page;
      return { ...page, ids: [...page.ids, '900'], updatedAt: [...page.updatedAt, begin - 1], count: page.count + 1 };
    };
    assert.equal(sweep(jira, epoch, null).seen.size, 96);
  });

  it('goes on where it was cut off, and keeps the old watermark until all is stored', () => {
    const jira = new SmallJira(spread(50, 1_000), 10);
    const first = resumeOrBegin(null, 'scope');
    const cut = advance(first, jira.search(first.cursor, epoch), epoch);
    assert.equal(cut.watermark, null);
    const { seen, position } = sweep(jira, epoch, cut);
    assert.ok(!seen.has('1') && seen.has('50'));
    assert.equal(position.watermark, begin + 49_000);
  });

  it('begins again five minutes before the watermark', () => {
    const { position } = sweep(new SmallJira(spread(50, 60_000), 10), epoch, null);
    const { seen } = sweep(new SmallJira(spread(50, 60_000), 10), epoch, position);
    assert.deepEqual([...seen.keys()], ['45', '46', '47', '48', '49', '50']);
  });

  it('begins anew when other projects or fields are asked for', () => {
    const { position } = sweep(new SmallJira(spread(50, 60_000), 10), epoch, null);
    assert.equal(resumeOrBegin(position, 'another scope').cursor.from, null);
  });
});

describe('the query', () => {
  it('holds all projects at once and epoch milliseconds', () => {
    const cursor = { from: 1_732_877_091_000, startAt: 0, tail: [], restarts: 0 };
    assert.equal(
      searchJql(['A', 'B'], cursor, epoch),
      'project in ("A", "B") AND updated >= 1732877091000 ORDER BY updated ASC, id ASC',
    );
  });
  it('falls back to minutes in the zone of the account, never later than meant', () => {
    const clock = fallbackClock('America/New_York');
    assert.equal(clockOperand(clock, Date.UTC(2026, 6, 1, 12, 30, 59)), '"2026-07-01 08:30"');
  });
  it('asks from before a local hour that comes twice', () => {
    const clock = fallbackClock('America/New_York');
    // 2026-11-01 06:00Z: clocks go back from 02:00 to 01:00.
    const at = Date.UTC(2026, 10, 1, 6, 30);
    assert.ok(windowStart(clock, at) <= at - 3_600_000);
  });
  it('falls back to a day more where the zone is not known', () => {
    assert.equal(clockOperand(fallbackClock(null), Date.UTC(2026, 6, 2, 12, 30)), '"2026-07-01 12:30"');
  });
});
