import type { SyncProgress } from '@sallyport/console-api';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isReading, readingOf } from './reading.ts';

const progress = (changes: Partial<SyncProgress>): SyncProgress => ({
  running: false,
  resumesAt: null,
  phase: 'idle',
  issuesStored: 0,
  issuesExpected: null,
  sweepStored: 0,
  lagSeconds: null,
  lastRunAt: null,
  changesLastHour: null,
  lastError: null,
  ...changes,
});

describe('what is shown of the reading', () => {
  it('is watched from the activation on, before any connector has begun', () => {
    assert.equal(isReading('active', progress({})), true);
    assert.deepEqual(readingOf('active', progress({})), {
      stored: 0,
      expected: null,
      share: null,
      words: 'A connector is about to begin',
    });
  });

  it('is how much of this sweep is stored', () => {
    const first = progress({
      running: true,
      phase: 'running',
      sweepStored: 500,
      issuesStored: 500,
      issuesExpected: 2000,
    });
    assert.deepEqual(readingOf('active', first), { stored: 500, expected: 2000, share: 0.25, words: 'Reading issues' });
    const later = progress({
      running: true,
      phase: 'running',
      sweepStored: 50,
      issuesStored: 2000,
      issuesExpected: 200,
      lagSeconds: 60,
    });
    assert.equal(readingOf('active', later)?.share, 0.25, 'not of all that was ever stored');
  });

  it('does not flicker for the few changes of an ordinary minute', () => {
    const few = progress({ running: true, phase: 'running', sweepStored: 1, issuesExpected: 3, lagSeconds: 5 });
    assert.equal(isReading('active', few), true);
    assert.equal(readingOf('active', few), null);
  });

  it('is nothing where nothing is read', () => {
    assert.equal(readingOf('draft', progress({})), null);
    assert.equal(readingOf('paused', progress({ lagSeconds: 300 })), null);
    assert.equal(readingOf('active', progress({ lagSeconds: 5 })), null);
  });
});
