import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runFuzz } from './fuzz-run.ts';

it('no mutated input of a short run is accepted, hangs, or throws anything but the own error', () => {
  assert.deepEqual(runFuzz(4000, 20261125, () => {}).findings, []);
});
