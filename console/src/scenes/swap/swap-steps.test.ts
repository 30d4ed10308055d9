import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swapSteps } from './swap-steps.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const standing = {
  state: 'validated',
  blockedIn: null,
  trustedAt: null,
  canaryRunning: false,
  oldReady: false,
  windowStartsAt: null,
  waitsFor: null,
} as const;
type Standing = Parameters<typeof swapSteps>[0];
const verbs = (swap: Partial<Standing>): string =>
  swapSteps({ ...standing, ...swap }, now)
    .map(({ verb }) => verb)
    .join(' ');

describe('what people can ask of a swap', () => {
  for (const [sentence, swap, expected] of [
    ['the customer’s word while it is waited for', {}, 'trusted cancel'],
    ['no second word of the customer', { trustedAt: '2026-11-26T11:00:00Z' }, 'cancel'],
    ['a canary once trust is announced', { state: 'trust-announced' }, 'canary cancel'],
    ['none while one runs', { state: 'trust-announced', canaryRunning: true }, 'cancel'],
    [
      'nothing that would be refused before the window',
      { state: 'scheduled', windowStartsAt: '2026-11-26T13:00:00Z' },
      'cancel',
    ],
    [
      'the activation within the window',
      { state: 'scheduled', windowStartsAt: '2026-11-26T11:00:00Z' },
      'activate cancel',
    ],
    ['the way back while there is one', { state: 'active', oldReady: true }, 'roll-back'],
    ['no way back to what cannot serve, but an end', { state: 'active' }, 'cancel'],
    [
      'going on or an end where nothing leads back, as after a refusal in an emergency',
      { state: 'blocked', blockedIn: 'active' },
      'resume cancel',
    ],
    [
      'no activation while it waits for its cohort',
      {
        state: 'scheduled',
        windowStartsAt: '2026-11-26T11:00:00Z',
        waitsFor: { code: 'cohort-not-yet', message: '', actor: 'operator' },
      },
      'cancel',
    ],
    ['the end, once observed', { state: 'observed', oldReady: true }, 'finish roll-back'],
    [
      'going on or giving up where it is blocked before',
      { state: 'blocked', blockedIn: 'trust-announced' },
      'resume cancel',
    ],
    [
      'going on or back where it is blocked after',
      { state: 'blocked', blockedIn: 'active', oldReady: true },
      'resume roll-back',
    ],
    ['nothing at its end', { state: 'done' }, ''],
  ] as const)
    it(`is ${sentence}`, () => assert.equal(verbs(swap), expected));

  it('is asked twice where it cannot be taken back', () => {
    const all = [
      ...swapSteps({ ...standing, state: 'observed', oldReady: true }, now),
      ...swapSteps({ ...standing }, now),
    ];
    assert.deepEqual(
      all.filter(({ confirmation }) => confirmation?.hard === true).map(({ verb }) => verb),
      ['finish', 'roll-back', 'cancel'],
    );
  });
});
