import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swapRules } from '../swap/swap-rules.ts';
import type { SwapFacts } from '../swap/swap-facts.ts';
import { openCalendar } from '../window/calendar.ts';
import { rolloutLetters, type Untrusting } from './rollout-letters.ts';

const at = Date.parse('2026-11-26T10:00:00Z');
const facts = {
  swapClass: 'no-change',
  next: { sha256: 'b'.repeat(64), notAfter: at, identity: { subjects: ['CN=ours'] } },
  current: null,
  window: null,
  customerCalendar: openCalendar,
  rules: swapRules(undefined),
  emergency: false,
  proposedAt: at,
  canary: null,
  activatedAt: null,
} as unknown as SwapFacts;
const refused = { ...facts, canary: { at, verdict: 'refused', message: 'TLS alert 48.' } } as SwapFacts;
const swap = (host: string, changes: Partial<Untrusting> = {}): Untrusting => ({
  customerId: 'acme',
  customerName: 'ACME',
  host,
  facts,
  contacts: [{ name: 'A', email: 'a@acme.example' }],
  ...changes,
});

describe('letters of a rollout', () => {
  it('are one for each customer, for all its hosts, to each person once', () => {
    const letters = rolloutLetters([swap('a.example'), swap('x.example', { customerId: 'x' }), swap('b.example')]);
    assert.deepEqual(
      letters.map(({ customerId, hosts, to }) => [customerId, hosts, to.length]),
      [
        ['acme', ['a.example', 'b.example'], 1],
        ['x', ['x.example'], 1],
      ],
    );
    assert.match(letters[0]?.text ?? '', /There is nothing to do/);
  });
  it('say what was seen, and ask for something where the far side did not take it', () => {
    const [letter] = rolloutLetters([swap('a.example', { facts: refused })]);
    assert.match(letter?.text ?? '', /- a\.example, 2026-11-26 10:00 \(UTC\): your side refused it\. TLS alert 48\./);
    assert.match(letter?.text ?? '', /tell us: then we try it again/);
    assert.doesNotMatch(letter?.text ?? '', /nothing to do/);
  });
  it('say that it was refused after the swap, and that the current one serves again', () => {
    const [letter] = rolloutLetters([
      swap('a.example', {
        facts: {
          ...facts,
          canary: { at, verdict: 'accepted', message: null },
          state: 'rolled-back',
          stateSince: at,
          activatedAt: at,
          window: { startsAt: at, endsAt: at + 1 },
          reason: { code: 'client-certificate-refused', message: 'TLS alert 48.', actor: 'customer' },
        } as SwapFacts,
      }),
    ]);
    assert.match(
      letter?.text ?? '',
      /- a\.example, 2026-11-26 10:00 \(UTC\): your side refused it after the swap, and we went back to the current one\. TLS alert 48\./,
    );
    assert.doesNotMatch(letter?.text ?? '', /nothing to do|\n\n\n/);
    assert.match(
      letter?.text ?? '',
      /the window is to be agreed/,
      'that of the swap that went back is no window any more',
    );
  });
  it('name two hosts in their subject, and count the rest', () => {
    const [letter] = rolloutLetters(['a', 'b', 'c', 'd'].map((host) => swap(host)));
    assert.equal(letter?.subject, 'Our client certificate for a, b and 2 more will be replaced');
  });
});
