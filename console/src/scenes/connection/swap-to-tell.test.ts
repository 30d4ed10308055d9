import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Swap } from '@sallyport/console-api';
import { renews, swapToTell } from './swap-to-tell.ts';

const swap = (state: Swap['state'], members: object = {}) =>
  ({
    id: state,
    state,
    current: { id: 'old', name: 'old' },
    next: { id: 'new', name: 'new' },
    waitsFor: null,
    reason: null,
    ...members,
  }) as unknown as Swap;

describe('what the page of a connection tells of its swaps', () => {
  it('is the one under way, or the last where it went back, and nothing of what is over', () => {
    assert.equal(swapToTell([]), null);
    assert.equal(swapToTell([swap('done'), swap('rolled-back')]), null);
    assert.equal(swapToTell([swap('cancelled')]), null);
    assert.equal(swapToTell([swap('scheduled'), swap('rolled-back')])?.swap.id, 'scheduled');
    assert.equal(swapToTell([swap('rolled-back'), swap('done')])?.swap.id, 'rolled-back');
  });
  it('says what it waits for and who must act', () => {
    const waitsFor = { code: 'c', message: 'No window is chosen.', actor: 'operator' };
    const told = swapToTell([swap('canary', { waitsFor })]);
    assert.deepEqual([told?.tone, told?.next], ['info', 'No window is chosen. We, the operator, must act.']);
    assert.equal(swapToTell([swap('active')])?.next, 'It goes on by itself.');
  });
  it('alarms where it is blocked, with the reason and not with what it would wait for', () => {
    const reason = { code: 'r', message: 'The far side refused it.', actor: 'customer' };
    const waitsFor = { code: 'c', message: 'No window is chosen.', actor: 'operator' };
    const told = swapToTell([swap('blocked', { reason, waitsFor })]);
    assert.deepEqual(
      [told?.tone, told?.isOpen, told?.next],
      ['bad', true, 'The far side refused it. The customer’s Jira administrator must act.'],
    );
    const back = swapToTell([swap('rolled-back', { reason })]);
    assert.deepEqual([back?.tone, back?.isOpen], ['warn', false]);
    const asked = { code: 'asked-roll-back', message: 'it was a try', actor: null };
    assert.equal(swapToTell([swap('rolled-back', { reason: asked })])?.next, 'It was a try.');
  });
  it('renews the certificate that it takes away, while it is under way', () => {
    const [open, back] = [swapToTell([swap('canary')]), swapToTell([swap('rolled-back')])];
    assert.ok(open !== null && back !== null);
    assert.deepEqual([renews(open, 'old'), renews(open, 'new'), renews(back, 'old')], [true, false, false]);
  });
});
