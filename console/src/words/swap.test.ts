import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swapLine, swapReached } from './swap.ts';

describe('how far a swap has come', () => {
  it('is its state’s place on the line', () => {
    assert.equal(swapReached({ state: 'canary', blockedIn: null, events: [] }), swapLine.indexOf('canary'));
  });
  it('is where it was blocked', () => {
    assert.equal(swapReached({ state: 'blocked', blockedIn: 'scheduled', events: [] }), 4);
  });
  it('is the farthest that a swap which went back had come', () => {
    const events = [
      { from: 'scheduled', to: 'active' },
      { from: 'active', to: 'rolled-back' },
    ] as const;
    assert.equal(swapReached({ state: 'rolled-back', blockedIn: null, events }), swapLine.indexOf('active'));
  });
});
