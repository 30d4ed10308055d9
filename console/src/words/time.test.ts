import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { durationWords, expiryTone, instantWords, lifeLeftWords, relativeWords } from './time.ts';

const now = Date.parse('2026-11-25T12:00:00Z');

describe('words for time', () => {
  for (const [milliseconds, words] of [
    [379, '379 ms'],
    [12_000, '12 s'],
    [4 * 60_000, '4 min'],
    [200 * 60_000, '3 h 20 min'],
    [24 * 3_600_000, '1 day'],
    [46 * 86_400_000, '46 days'],
  ] as const) {
    it(`calls ${milliseconds} milliseconds ${words}`, () => assert.equal(durationWords(milliseconds), words));
  }

  it('says instants in UTC, wherever the browser is', () => {
    assert.equal(instantWords('2026-11-25T23:30:00+01:00'), '25 Nov 2026, 22:30:00 UTC');
  });

  it('tells the past from the future', () => {
    assert.equal(relativeWords('2026-11-25T11:57:00Z', now), '3 min ago');
    assert.equal(relativeWords('2027-01-10T12:00:00Z', now), 'in 46 days');
    assert.equal(relativeWords('2026-11-25T12:00:01Z', now), 'just now');
  });

  it('counts whole days to the end of a certificate, and from it', () => {
    assert.equal(lifeLeftWords('2026-12-25T13:00:00Z', now), '30 days left');
    assert.equal(lifeLeftWords('2026-11-26T13:00:00Z', now), '1 day left');
    assert.equal(lifeLeftWords('2026-11-24T11:00:00Z', now), 'ended 1 day ago');
    assert.equal(lifeLeftWords('2026-11-20T11:00:00Z', now), 'ended 5 days ago');
  });

  it('counts hours and minutes within a day of the end', () => {
    assert.equal(lifeLeftWords('2026-11-25T13:00:00Z', now), 'ends in 1 h');
    assert.equal(lifeLeftWords('2026-11-25T11:49:00Z', now), 'ended 11 min ago');
    assert.equal(lifeLeftWords('2026-11-24T13:00:00Z', now), 'ended 23 h ago');
  });

  for (const [sentence, notBefore, notAfter, tone] of [
    ['is calm about a long one', '2026-06-01T00:00:00Z', '2027-06-01T00:00:00Z', 'ok'],
    ['worries from 30 days before the end', '2026-06-01T00:00:00Z', '2026-12-20T00:00:00Z', 'warn'],
    ['alarms from 7 days before the end', '2026-06-01T00:00:00Z', '2026-12-01T00:00:00Z', 'bad'],
    [
      'is calm about a short-lived one in the first third of its life',
      '2026-11-25T00:00:00Z',
      '2026-12-01T00:00:00Z',
      'ok',
    ],
    ['alarms about one that has ended, whatever its life', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z', 'bad'],
  ] as const) {
    it(sentence, () => assert.equal(expiryTone({ notBefore, notAfter }, now), tone));
  }
});
