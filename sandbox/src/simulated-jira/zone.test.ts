import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instantOfWallTime, jiraTimestamp } from './zone.ts';

describe('wall-clock time of a zone', () => {
  for (const { instant, zone, text } of [
    { instant: '2026-07-01T10:00:00.123Z', zone: 'Europe/Berlin', text: '2026-07-01T12:00:00.123+0200' },
    { instant: '2026-01-01T00:00:00.000Z', zone: 'Europe/Berlin', text: '2026-01-01T01:00:00.000+0100' },
    { instant: '2026-01-01T00:00:00.000Z', zone: 'America/St_Johns', text: '2025-12-31T20:30:00.000-0330' },
    { instant: '2026-01-01T00:00:00.000Z', zone: 'UTC', text: '2026-01-01T00:00:00.000+0000' },
  ]) {
    it(`is written as Jira writes it in ${zone}: ${text}`, () => {
      assert.equal(jiraTimestamp(Date.parse(instant), zone), text);
    });
  }

  it('is read back in summer and in winter', () => {
    assert.equal(instantOfWallTime(Date.UTC(2026, 6, 1, 12), 'Europe/Berlin'), Date.parse('2026-07-01T10:00:00Z'));
    assert.equal(instantOfWallTime(Date.UTC(2026, 0, 1, 1), 'Europe/Berlin'), Date.parse('2026-01-01T00:00:00Z'));
  });

  it('changes at the minute at which the clocks change', () => {
    assert.equal(jiraTimestamp(Date.parse('2026-03-29T00:59:59.999Z'), 'Europe/Berlin').slice(11), '01:59:59.999+0100');
    assert.equal(jiraTimestamp(Date.parse('2026-03-29T01:00:00.000Z'), 'Europe/Berlin').slice(11), '03:00:00.000+0200');
    assert.equal(instantOfWallTime(Date.UTC(2026, 2, 29, 3), 'Europe/Berlin'), Date.parse('2026-03-29T01:00:00Z'));
  });
});
