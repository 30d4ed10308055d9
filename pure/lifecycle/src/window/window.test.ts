import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freezeIn, inHours, proposeWindows, type Calendar } from './calendar.ts';
import { icalendar } from './icalendar.ts';
import { instantOf, localText } from './local-time.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);

describe('local time', () => {
  for (const [zone, local, instant] of [
    ['Europe/Berlin', '2026-07-01T09:00', '2026-07-01T07:00'],
    ['Europe/Berlin', '2026-12-01T09:00', '2026-12-01T08:00'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30'],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00'],
    ['Pacific/Pago_Pago', '2026-01-01T00:00', '2026-01-01T11:00'],
    ['Australia/Lord_Howe', '2026-01-01T12:00', '2026-01-01T01:00'],
  ] as const)
    it(`${local} in ${zone} is ${instant} UTC`, () => assert.equal(iso(instantOf(local, zone)), instant));
  it('comes back as it went, but for what a zone leaves out', () => {
    for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Asia/Tokyo'])
      for (let at = utc('2026-01-01T00:00'); at < utc('2027-01-01T00:00'); at += 11 * 3_600_000)
        assert.equal(localText(instantOf(localText(at, zone), zone), zone), localText(at, zone));
  });
});

describe('windows', () => {
  const operator: Calendar = {
    timeZone: 'America/Chicago',
    freezes: [],
    hours: { days: [1, 2, 3, 4, 5], from: '06:00', until: '18:00' },
  };
  const customer: Calendar = {
    timeZone: 'Europe/Berlin',
    freezes: [{ from: '2026-12-18T00:00', until: '2027-01-04T00:00', reason: 'Year end' }],
    hours: { days: [1, 2, 3, 4], from: '09:00', until: '17:00' },
  };
  const found = proposeWindows({
    earliestAt: utc('2026-12-16T20:00'),
    lengthMilliseconds: 3_600_000,
    operator,
    customer,
    count: 3,
  });
  it('lie in both sides’ hours and in no freeze period of either', () => {
    assert.deepEqual(
      found.map(({ startsAt }) => iso(startsAt)),
      ['2026-12-17T12:00', '2027-01-04T12:00', '2027-01-05T12:00'],
    );
    for (const window of found) assert.equal(freezeIn(window, customer), null);
  });
  it('touch a freeze period by a minute at most never', () => {
    const startsAt = instantOf('2026-12-17T23:30', 'Europe/Berlin');
    assert.equal(freezeIn({ startsAt, endsAt: startsAt + 30 * 60_000 }, customer), null);
    assert.equal(freezeIn({ startsAt, endsAt: startsAt + 31 * 60_000 }, customer)?.reason, 'Year end');
  });
  it('lie in hours across midnight, which belong to the day on which they begin', () => {
    const night: Calendar = {
      timeZone: 'Europe/Berlin',
      freezes: [],
      hours: { days: [5], from: '22:00', until: '04:00' },
    };
    const open = { timeZone: 'UTC', freezes: [] };
    // A Wednesday; then a Saturday at half past two in Berlin, which is Friday's night; then at four.
    for (const [earliest, first] of [
      ['2026-12-16T20:00', '2026-12-18T21:00'],
      ['2026-12-19T01:30', '2026-12-19T01:30'],
      ['2026-12-19T03:00', '2026-12-25T21:00'],
    ] as const) {
      const [window] = proposeWindows({
        earliestAt: utc(earliest),
        lengthMilliseconds: 3_600_000,
        operator: open,
        customer: night,
        count: 1,
      });
      assert.equal(window && iso(window.startsAt), first);
    }
    assert.equal(inHours(utc('2026-12-19T02:59'), night), true);
    assert.equal(inHours(utc('2026-12-19T03:00'), night), false);
    assert.equal(inHours(utc('2026-12-18T01:00'), night), false, 'the night before is Thursday’s');
  });
  it('end by the last instant that is asked for', () => {
    const choice = { earliestAt: utc('2026-12-16T20:00'), lengthMilliseconds: 3_600_000, operator, customer, count: 3 };
    const ends = (latestEndAt: number): string[] =>
      proposeWindows({ ...choice, latestEndAt }).map(({ endsAt }) => iso(endsAt));
    assert.deepEqual(ends(utc('2026-12-17T13:00')), ['2026-12-17T13:00']);
    assert.deepEqual(ends(utc('2026-12-17T12:59')), []);
  });
  it('are none where a side is frozen for good', () => {
    const frozen = { ...customer, freezes: [{ from: '2026-01-01T00:00', until: '2030-01-01T00:00', reason: 'x' }] };
    assert.deepEqual(
      proposeWindows({
        earliestAt: utc('2026-12-16T20:00'),
        lengthMilliseconds: 1,
        operator,
        customer: frozen,
        count: 1,
      }),
      [],
    );
  });
});

describe('an .ics entry', () => {
  const entry = {
    uid: 'swap-1@sallyport',
    sequence: 2,
    writtenAt: utc('2026-12-01T00:00'),
    startsAt: utc('2026-12-17T12:00'),
    endsAt: utc('2026-12-17T13:00'),
    summary: 'Swap; ACME, Jira',
    description: `One\nTwo ${'ü'.repeat(60)}`,
    standing: 'agreed',
  } as const;
  const text = icalendar(entry);
  it('is in UTC, escaped, and folded at 75 octets with CRLF', () => {
    assert.match(text, /\r\nDTSTART:20261217T120000Z\r\nDTEND:20261217T130000Z\r\n/);
    assert.match(text, /SUMMARY:Swap\\; ACME\\, Jira\r\n/);
    assert.match(text, /DESCRIPTION:One\\nTwo ü/);
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(text.endsWith('END:VCALENDAR\r\n'));
  });
  it('is tentative until both sides agree, and takes itself back when it is off', () => {
    assert.match(text, /METHOD:PUBLISH\r\n[^]*STATUS:CONFIRMED\r\n/);
    assert.match(icalendar({ ...entry, standing: 'proposed' }), /METHOD:PUBLISH\r\n[^]*STATUS:TENTATIVE\r\n/);
    assert.match(icalendar({ ...entry, standing: 'cancelled' }), /METHOD:CANCEL\r\n[^]*STATUS:CANCELLED\r\n/);
  });
});
