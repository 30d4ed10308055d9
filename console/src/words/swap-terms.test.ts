import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swapTermsSentences } from './swap-terms.ts';

describe('the terms about swaps in words', () => {
  it('say what holds where nothing was agreed', () => {
    assert.match(swapTermsSentences(undefined).join(' '), /^As usual/u);
  });

  it('say each thing that was agreed, freeze periods one by one', () => {
    assert.deepEqual(
      swapTermsSentences({
        matching: 'leaf',
        noticeDays: { 'new-ca': 60 },
        customerApproves: [],
        changeNumberRequired: true,
        calendar: {
          timeZone: 'Europe/Berlin',
          hours: { days: [1, 5], from: '09:00', until: '17:00' },
          freezes: [{ from: '2026-12-20T00:00', until: '2027-01-06T00:00', reason: 'End of the year' }],
        },
      }),
      [
        'Our very certificate is pinned there.',
        'Days of notice: new certificate authority or name 60.',
        'The customer approves swaps of their own certificates only.',
        'Their own change number is required.',
        'Changes begin 09:00 to 17:00 on Monday, Friday, in Europe/Berlin.',
        'Nothing is changed from 2026-12-20 00:00 until 2027-01-06 00:00: End of the year.',
      ],
    );
  });
});
