import assert from 'node:assert/strict';
import { it } from 'node:test';
import { utcInstant } from '../instant.ts';
import { placeInWindow } from './validity-window.ts';

const from = utcInstant('2026-06-01T00:00:00Z');
const to = utcInstant('2026-07-01T00:00:00Z');

it('both ends belong to the window, grace lies behind it, and without an end it never is over', () => {
  for (const [at, grace, expected] of [
    ['2026-05-31T23:59:59Z', 0, 'not-yet'],
    ['2026-05-31T23:59:59Z', 5000, 'not-yet'],
    ['2026-06-01T00:00:00Z', 0, 'within'],
    ['2026-07-01T00:00:00Z', 0, 'within'],
    ['2026-07-01T00:00:01Z', 0, 'over'],
    ['2026-07-01T00:00:01Z', 1000, 'within'],
    ['2026-07-01T00:00:02Z', 1000, 'over'],
  ] as const)
    assert.equal(placeInWindow({ thisUpdate: from, nextUpdate: to }, utcInstant(at), grace), expected);
  const open = { thisUpdate: from, nextUpdate: null };
  assert.equal(placeInWindow(open, utcInstant('2036-01-01T00:00:00Z'), 0), 'within');
  assert.equal(placeInWindow(open, utcInstant('2026-05-31T23:59:59Z'), 0), 'not-yet');
});
