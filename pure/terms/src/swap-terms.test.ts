import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarFaults, swapWords } from './swap-terms.ts';

const freeze = { from: '2026-12-20T00:00', until: '2027-01-06T00:00', reason: 'End of the year' };
const hours = { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' };
const sound = { timeZone: 'Europe/Berlin', freezes: [freeze], hours };

describe('the calendar of a side', () => {
  it('has no faults where everything is there', () => assert.deepEqual(calendarFaults(sound), []));

  it('may have hours across midnight', () => {
    const night = { ...sound, hours: { ...hours, from: '22:00', until: '04:00' } };
    assert.deepEqual(calendarFaults(night), []);
    assert.match(swapWords({ calendar: night }), /Changes begin 22:00 to 04:00 of the next day on Monday/);
  });

  for (const [sentence, changes, path] of [
    ['names a time zone', { timeZone: 'Berlin' }, 'timeZone'],
    ['has no period that ends before it begins', { freezes: [{ ...freeze, until: '2026-12-19T00:00' }] }, 'freezes.0'],
    ['has no day that is in no month', { freezes: [freeze, { ...freeze, until: '2027-02-31T00:00' }] }, 'freezes.1'],
    ['has no hour after the last', { freezes: [{ ...freeze, from: '2026-12-20T25:00' }] }, 'freezes.0'],
    ['has hours that end at another time than they begin', { hours: { ...hours, until: '09:00' } }, 'hours'],
    ['has hours on days of the week', { hours: { ...hours, days: [0] } }, 'hours.days'],
  ] as const)
    it(sentence, () =>
      assert.deepEqual(
        calendarFaults({ ...sound, ...changes }).map((fault) => fault.path),
        [path],
      ),
    );
});

describe('the printed terms', () => {
  it('name each freeze period and the hours, for whoever signs them', () => {
    const words = swapWords({ calendar: sound });
    assert.match(words, /Changes begin 09:00 to 17:00 on Monday, .*Friday, in Europe\/Berlin\./);
    assert.match(words, /Nothing is changed from 2026-12-20 00:00 until 2027-01-06 00:00 \(End of the year\)\./);
  });
});
