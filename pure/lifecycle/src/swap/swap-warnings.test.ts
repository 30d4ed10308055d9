import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { windowSound } from './guards.ts';
import { active, at, certificate, day, hour, proposed, window } from './swap-examples.ts';
import type { SwapFacts } from './swap-facts.ts';
import { swapRules } from './swap-rules.ts';
import { swapWarnings } from './swap-warnings.ts';

const codes = (facts: SwapFacts): string[] => swapWarnings(facts).map(({ code, actor }) => `${code}: ${actor}`);
const hours = { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' };
const scheduled: SwapFacts = { ...proposed, window, observationSeconds: 900 };
/** The window begins on a Wednesday at 09:00 UTC, which is 10:00 in Berlin. */
const endsAt = (notAfter: number): SwapFacts => ({ ...scheduled, current: certificate('a', { notAfter }) });

describe('the warnings of a swap', () => {
  it('are none where the window suits both sides and the current certificate outlives it', () =>
    assert.deepEqual(codes({ ...scheduled, operatorCalendar: { timeZone: 'UTC', freezes: [], hours } }), []));

  it('name each side outside whose hours the window begins', () => {
    const night = { ...hours, from: '22:00', until: '04:00' };
    const operatorCalendar = { timeZone: 'UTC', freezes: [], hours: night };
    const customerCalendar = { timeZone: 'Europe/Berlin', freezes: [], hours: night };
    assert.deepEqual(codes({ ...scheduled, operatorCalendar, customerCalendar }), [
      'outside-operator-hours: operator',
      'outside-customer-hours: customer',
    ]);
  });

  it('say that the current certificate ends within the window or its observation', () => {
    assert.deepEqual(codes(endsAt(window.endsAt + 899_999)), ['current-ends-in-window: operator']);
    assert.deepEqual(codes(endsAt(window.endsAt + 900_000)), []);
  });

  it('say aloud that it ends before the notice allows any window, and who can shorten that', () => {
    const facts: SwapFacts = {
      ...proposed,
      swapClass: 'new-ca',
      rules: swapRules({ noticeDays: { 'new-ca': 104 } }),
      current: certificate('a', { notAfter: at + 90 * day }),
    };
    assert.deepEqual(codes(facts), ['current-ends-before-earliest: customer']);
    assert.match(swapWarnings(facts)[0]?.message ?? '', /104 days of notice .*emergency/);
    assert.deepEqual(codes({ ...facts, rules: swapRules({ noticeDays: { 'new-ca': 89 } }) }), []);
  });

  it('are none in an emergency, nor once the pointer has moved', () => {
    const over = { ...endsAt(at - hour), emergency: true };
    assert.deepEqual(codes(over), []);
    assert.deepEqual(codes({ ...active, current: certificate('a', { notAfter: at }) }), []);
  });
});

describe('a window', () => {
  it('that begins when the current certificate has ended is refused, unless that cannot serve anyhow', () => {
    assert.equal(windowSound(endsAt(window.startsAt))?.code, 'current-ends-before-window');
    assert.equal(windowSound(endsAt(window.startsAt + 1)), null);
    assert.equal(windowSound(endsAt(at - hour)), null);
    assert.equal(windowSound({ ...scheduled, current: null }), null);
  });
});
