import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarFaults, calendarOf, draftOfCalendar, emptyCalendar, type CalendarDraft } from './calendar-draft.ts';

const christmas = { key: 1, from: '2026-12-20T00:00', until: '2027-01-06T00:00', reason: 'End of the year' };

describe('the draft of a calendar', () => {
  it('becomes what it was made from', () => {
    const { key, ...freeze } = christmas;
    const hours = { days: [1, 2], from: '08:00', until: '12:00' };
    for (const calendar of [
      { timeZone: 'Europe/Berlin', freezes: [freeze] },
      { timeZone: 'UTC', freezes: [], hours },
    ])
      assert.deepEqual(calendarOf(draftOfCalendar(calendar)), calendar);
    assert.equal(key, 1);
  });

  it('puts freeze periods in order', () => {
    const earlier = { key: 2, from: '2026-12-01T00:00', until: '2026-12-02T00:00', reason: 'Audit' };
    const { freezes } = calendarOf({ ...emptyCalendar, freezes: [christmas, earlier] });
    assert.deepEqual(
      freezes.map(({ reason }) => reason),
      ['Audit', 'End of the year'],
    );
  });

  it('takes hours across midnight', () =>
    assert.deepEqual(calendarFaults({ ...emptyCalendar, withHours: true, from: '22:00', until: '04:00' }), {}));

  for (const [sentence, changes, field] of [
    ['refuses what is no time zone', { timeZone: 'Berlin' }, 'timeZone'],
    ['refuses hours that end as they begin', { withHours: true, from: '09:00', until: '09:00' }, 'hours.until'],
    ['refuses hours on no day', { withHours: true, days: [] }, 'hours.days'],
    [
      'refuses a period that ends before it begins',
      { freezes: [{ ...christmas, until: '2026-12-19T00:00' }] },
      'freezes.0.until',
    ],
    ['needs the beginning of a period', { freezes: [{ ...christmas, from: '' }] }, 'freezes.0.from'],
    ['needs the reason of a period', { freezes: [christmas, { ...christmas, reason: ' ' }] }, 'freezes.1.reason'],
  ] as const satisfies readonly (readonly [string, Partial<CalendarDraft>, string])[])
    it(sentence, () => assert.deepEqual(Object.keys(calendarFaults({ ...emptyCalendar, ...changes })), [field]));
});
