import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draftOfSwaps, emptySwaps, swapsFaults, swapsOf } from './swaps-draft.ts';

const agreed = {
  matching: 'leaf',
  noticeDays: { 'new-ca': 60 },
  customerApproves: ['no-change'],
  standingApproval: true,
  changeNumberRequired: true,
  calendar: {
    timeZone: 'Europe/Berlin',
    freezes: [{ from: '2026-12-20T00:00', until: '2027-01-06T00:00', reason: 'End of the year' }],
  },
} as const;

describe('what the terms say about swaps', () => {
  it('says nothing where everything is as usual', () => assert.equal(swapsOf(emptySwaps), null));

  it('becomes what it was made from', () => assert.deepEqual(swapsOf(draftOfSwaps(agreed)), agreed));

  it('keeps a notice of no days apart from the usual one', () => {
    const swaps = swapsOf({ ...emptySwaps, noticeDays: { ...emptySwaps.noticeDays, 'new-ca': '0' } });
    assert.deepEqual(swaps, { noticeDays: { 'new-ca': 0 } });
  });

  it('leaves a calendar out that is not wanted any more, and looks for no faults in it', () => {
    const draft = { ...draftOfSwaps(agreed), withCalendar: false };
    const broken = { ...draft, calendar: { ...draft.calendar, timeZone: 'Berlin' } };
    assert.equal(swapsOf(broken)?.calendar, undefined);
    assert.deepEqual(swapsFaults(broken), {});
  });

  it('tells faults by their place in the terms', () => {
    const { calendar } = draftOfSwaps(agreed);
    const faults = swapsFaults({
      ...emptySwaps,
      noticeDays: { ...emptySwaps.noticeDays, 'new-ca': '400', 'no-change': 'soon' },
      withCalendar: true,
      calendar: { ...calendar, timeZone: 'Berlin' },
    });
    assert.deepEqual(Object.keys(faults), [
      'swaps.noticeDays.no-change',
      'swaps.noticeDays.new-ca',
      'swaps.calendar.timeZone',
    ]);
  });
});
