import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DialEvidence } from './dial-evidence.ts';
import { createEvidenceSink } from './evidence-sink.ts';

const evidence = (host: string): DialEvidence => ({ host }) as DialEvidence;

describe('the evidence sink', () => {
  it('writes in batches, each record once, in order', async () => {
    const batches: string[][] = [];
    const sink = createEvidenceSink({
      clock: () => 0,
      write: async (batch) => void batches.push(batch.map(({ host }) => host)),
    });
    for (let index = 0; index < 700; index++) sink.take(evidence(String(index)));
    assert.equal(await sink.close(), true);
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [500, 200],
    );
    assert.equal(batches.flat().join(), Array.from({ length: 700 }, (_, index) => index).join());
  });

  it('admits no dial when its buffer is full, or when the oldest record waits too long', async () => {
    let now = 0;
    let broken = true;
    const sink = createEvidenceSink({
      clock: () => now,
      write: async () => {
        if (broken) throw new Error('the database is away');
      },
      largestBuffer: 3,
      longestWaitMilliseconds: 30_000,
    });
    assert.equal(sink.admits(), true);
    sink.take(evidence('a'));
    now = 29_999;
    assert.equal(sink.admits(), true);
    now = 30_000;
    assert.equal(sink.admits(), false);
    now = 0;
    sink.take(evidence('b'));
    sink.take(evidence('c'));
    assert.equal(sink.admits(), false);
    assert.equal(await sink.flush(), false);
    assert.equal(sink.waiting(), 3, 'nothing is lost');
    broken = false;
    assert.equal(await sink.flush(), true);
    assert.equal(sink.admits(), true);
    await sink.close();
  });
});
