import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { day } from '../../words/time.ts';
import { expiryAxis } from './expiry-axis.ts';

const now = Date.parse('2026-11-26T00:00:00Z');

describe('the axis of the expiry timeline', () => {
  it('shows three months ahead where everything ends soon', () => {
    const axis = expiryAxis([now + 5 * day], now);
    assert.ok(axis.place(now + 89 * day) < 100);
    assert.ok(axis.place(now + 91 * day) > 100);
    assert.ok(axis.place(now) > 10);
    assert.deepEqual(
      axis.ticks.map(({ label }) => label),
      ['Dec', 'Jan ’27', 'Feb'],
    );
  });
  it('holds what ends within the year, and lets a private authority’s ten years run out of the picture', () => {
    const axis = expiryAxis([now + 300 * day, now + 3650 * day], now);
    assert.ok(axis.place(now + 300 * day) < 100);
    assert.ok(axis.place(now + 3650 * day) > 100);
    assert.ok(axis.ticks.length <= 6);
  });
});
