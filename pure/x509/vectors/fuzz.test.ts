import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runFuzz } from './fuzz-run.ts';

it('no mutated input of a short run is accepted, hangs, or throws anything but the own error', () => {
  assert.deepEqual(runFuzz(4000, 20261125, () => {}).findings, []);
});

it('memory that grows from input to input is a finding', () => {
  const kept: Uint8Array[] = [];
  const leaking = {
    name: 'leaking',
    seed: new Uint8Array(100),
    run: () => (kept.push(new Uint8Array(100_000)), false),
  };
  const { findings } = runFuzz(400, 1, () => {}, [leaking]);
  assert.equal(kept.length, 400);
  assert.match(findings.join('\n'), /^memory grew by \d+\.\d MB, more than 16$/);
});
