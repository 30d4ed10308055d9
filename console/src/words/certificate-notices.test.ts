import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noticeInstants } from './certificate-notices.ts';

const dates = (notBefore: string, notAfter: string): readonly string[] =>
  noticeInstants(notBefore, notAfter).map((instant) => new Date(instant).toISOString().slice(0, 10));

describe('notices before the end of a certificate', () => {
  it('come at half and two thirds of a long life and on five days before its end', () => {
    assert.deepEqual(dates('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'), [
      '2026-07-02',
      '2026-09-01',
      '2026-12-02',
      '2026-12-18',
      '2026-12-25',
      '2026-12-29',
      '2026-12-31',
    ]);
  });
  it('leave the first third of a short life alone, and never come twice within a day', () => {
    // 47 days: 30 days before the end is day 17, within the first third and some; 14 days before is a day and more after two thirds.
    assert.deepEqual(dates('2026-01-01T00:00:00Z', '2026-02-17T00:00:00Z'), [
      '2026-01-18',
      '2026-01-24',
      '2026-02-01',
      '2026-02-03',
      '2026-02-10',
      '2026-02-14',
      '2026-02-16',
    ]);
    assert.deepEqual(dates('2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'), ['2026-01-02']);
  });
});
