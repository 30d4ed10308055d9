import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarMonths } from './calendar-days.ts';

const hours = { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' };
const freezes = [{ from: '2026-12-20T12:00', until: '2027-01-02T00:00', reason: 'End of the year' }];

describe('a calendar as a picture', () => {
  it('has as many days as the months have', () => {
    const months = calendarMonths({ timeZone: 'UTC', freezes: [] }, Date.parse('2027-11-26T00:00:00Z'), 4);
    assert.deepEqual(
      months.map(({ label, days }) => [label, days.length]),
      [
        ['Nov 2027', 30],
        ['Dec 2027', 31],
        ['Jan 2028', 31],
        ['Feb 2028', 29],
      ],
    );
  });

  it('tells a frozen day from one that is frozen in part, and from one on which nobody works', () => {
    const [december, january] = calendarMonths(
      { timeZone: 'UTC', freezes, hours },
      Date.parse('2026-12-01T00:00:00Z'),
      2,
    );
    const stateOf = (day: number): string | undefined => december?.days[day - 1]?.state;
    assert.deepEqual(
      [stateOf(18), stateOf(19), stateOf(20), stateOf(21)],
      ['open', 'closed', 'partly-frozen', 'frozen'],
    );
    // The end is not part of it; the second of January 2027 is a Saturday.
    assert.deepEqual(
      january?.days.slice(0, 4).map(({ state }) => state),
      ['frozen', 'closed', 'closed', 'open'],
    );
    assert.equal(december?.days[20]?.words, 'Mon, 21 Dec 2026: frozen, End of the year');
  });

  it('marks today by the calendar’s own zone', () => {
    const today = (timeZone: string): string | undefined =>
      calendarMonths({ timeZone, freezes: [] }, Date.parse('2026-11-26T23:30:00Z'), 1)[0]?.days.find(
        ({ isToday }) => isToday,
      )?.date;
    assert.deepEqual(
      [today('UTC'), today('Asia/Tokyo'), today('no zone yet')],
      ['2026-11-26', '2026-11-27', '2026-11-26'],
    );
  });
});
