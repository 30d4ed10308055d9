import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mostHandshakes, mostRequests, ProbeBudget } from './probe-budget.ts';

describe('the budget of a run', () => {
  it('gives out so many handshakes and requests, and no more', () => {
    const budget = new ProbeBudget(() => 0);
    const taken = Array.from({ length: 100 }, () => budget.takeHandshake()).filter(Boolean).length;
    const asked = Array.from({ length: 100 }, () => budget.takeRequest()).filter(Boolean).length;
    assert.deepEqual(
      [taken, budget.handshakes, asked, budget.requests],
      [mostHandshakes, mostHandshakes, mostRequests, mostRequests],
    );
  });

  it('gives out nothing once its time is over', () => {
    let now = 0;
    const budget = new ProbeBudget(() => now, 1_000);
    assert.equal(budget.takeHandshake(), true);
    now = 1_000;
    assert.deepEqual([budget.left, budget.takeHandshake(), budget.takeRequest()], [0, false, false]);
  });
});
