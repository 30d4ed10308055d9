import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { longestPeriodMilliseconds, nextAttempt, nextRefresh, shortestPeriodMilliseconds } from './refresh-schedule.ts';

const now = 1_800_000_000_000;
const chances = [0, 0.3, 0.999999];

describe('a source', () => {
  it('is asked again while its answer still holds for a quarter of the time that was left', () => {
    for (const chance of chances) {
      const hour = nextRefresh(now, now + 3_600_000, chance) - now;
      assert.ok(hour >= 1_800_000 && hour <= 2_700_000, String(hour));
    }
  });
  it('is asked at the latest after the longest period, however long its answer holds, and at different times by different hosts', () => {
    const periods = chances.map((chance) => nextRefresh(now, now + 7 * 86_400_000, chance) - now);
    assert.ok(periods.every((period) => period <= longestPeriodMilliseconds));
    assert.equal(new Set(periods).size, periods.length);
    assert.ok(nextRefresh(now, null, 0.5) - now < longestPeriodMilliseconds);
  });
  it('is never asked more often than once a minute, also where its answer is over already', () => {
    for (const nextUpdate of [now - 1_000, now, now + 5_000])
      assert.equal(nextRefresh(now, nextUpdate, 0.5) - now, shortestPeriodMilliseconds);
  });
  it('that fails is left alone for longer each time, up to an hour', () => {
    const waits = Array.from({ length: 30 }, (_, failures) => nextAttempt(now, failures + 1, 1 - 2 ** -53) - now);
    assert.deepEqual(waits.slice(0, 3), [15_000, 30_000, 60_000]);
    assert.equal(waits.at(-1), 3_600_000);
    assert.equal(nextAttempt(now, 1, 0) - now, 7_500);
  });
});
