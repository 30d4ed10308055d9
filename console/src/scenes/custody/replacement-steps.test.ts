import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SealKey } from '@sallyport/console-api';
import { replacementSentence, replacementSteps } from './replacement-steps.ts';

const now = Date.parse('2026-11-26T10:00:00Z');
const key: SealKey = {
  id: '0123456789abcdef',
  state: 'current',
  createdAt: '2026-11-01T00:00:00Z',
  retiredAt: null,
  rotationAskedAt: null,
  rotationAskedBy: null,
  replacedBy: null,
  takenOut: null,
  sealedRecords: 12,
  connectors: ['connector-1'],
};
const asked = { ...key, rotationAskedAt: '2026-11-26T09:59:50Z', rotationAskedBy: 'person:1' };
const nowAt = (steps: readonly { when: string }[]): number => steps.findIndex(({ when }) => when === 'now');

describe('the replacement of a connectors’ key', () => {
  it('has no steps before it is asked for', () => {
    assert.deepEqual(replacementSteps(key), []);
    assert.equal(replacementSentence(key, now), null);
  });
  it('goes from asked to retired', () => {
    assert.equal(nowAt(replacementSteps(asked)), 1);
    assert.equal(nowAt(replacementSteps({ ...asked, state: 'retiring' })), 3);
    assert.ok(replacementSteps({ ...asked, state: 'retired' }).every(({ when }) => when === 'past'));
    assert.equal(replacementSentence({ ...asked, state: 'retired' }, now), null);
  });
  it('is another way where the key was taken out of use', () => {
    const takenOut = { at: '2026-11-26T09:59:50Z', by: 'person:1', reason: 'its disk is lost' };
    const steps = replacementSteps({ ...key, state: 'retiring', takenOut });
    assert.deepEqual(
      steps.map(({ name }) => name),
      ['Taken out of use', 'Records left', 'Key retired'],
    );
    assert.equal(nowAt(steps), 1);
    assert.ok(replacementSteps({ ...key, state: 'retired', takenOut }).every(({ when }) => when === 'past'));
  });
  it('says how much is left, and what it waits for', () => {
    assert.match(replacementSentence({ ...asked, state: 'retiring' }, now) ?? '', /^12 records are still/);
    assert.match(
      replacementSentence({ ...asked, state: 'retiring', sealedRecords: 1 }, now) ?? '',
      /^1 record is still/,
    );
    assert.match(
      replacementSentence({ ...asked, state: 'retiring', connectors: [] }, now) ?? '',
      /other keys have a copy/,
    );
    assert.match(replacementSentence({ ...asked, connectors: [] }, now) ?? '', /No running connector/);
    assert.match(replacementSentence(asked, now) ?? '', /writes the next key/);
    assert.match(replacementSentence(asked, now + 120_000) ?? '', /takes long.*seal-key OLDFILE/);
  });
});
