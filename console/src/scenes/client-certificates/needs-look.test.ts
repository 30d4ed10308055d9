import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lifeTone, needsLook } from './needs-look.ts';
import type { Renewal } from './renewal.ts';

const now = Date.parse('2026-11-26T00:00:00Z');
const year = {
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-06-01T00:00:00Z',
  customerName: null,
  blocking: 0,
  isDefault: true,
  usages: [],
};
const revoked = {
  ...year,
  revocation: { status: 'revoked', code: 'c', message: 'm', judgedAt: '', since: '' } as const,
};
const soon = { ...year, notAfter: '2026-12-06T00:00:00Z' };
const atOnce = { ...year, notAfter: '2026-11-29T00:00:00Z' };
const ended = { ...year, notAfter: '2026-11-20T00:00:00Z' };
const none = { state: 'none' } as const;
const there = { state: 'there', name: 'next', to: '/next' } as const;
const underWay = { state: 'under-way', words: 'Swap to next', to: '/swaps/s' } as const;
const look = (certificate: typeof year, renewal: Renewal = none, troubles: readonly string[] = []) =>
  needsLook(certificate, { renewal, troubles }, now);

describe('whether a client certificate needs a look', () => {
  it('says nothing of one that is in order', () => assert.equal(look(year), null));
  it('names us for our own that ends soon, and the customer for theirs', () => {
    assert.deepEqual(look(soon), {
      tone: 'warn',
      words: 'ends in 10 days. We, the operator, must put the next one in its place.',
    });
    assert.match(look({ ...soon, customerName: 'Borealis' } as never)?.words ?? '', /Borealis must bring/);
  });
  it('puts revocation before the time that is left', () => assert.match(look(revoked)?.words ?? '', /^is revoked/));
  it('alarms about what has ended where it would be used, and lets the rest be', () => {
    assert.equal(look(ended)?.tone, 'bad');
    assert.equal(look({ ...ended, isDefault: false }, { state: 'not-needed' }), null);
  });
  for (const [what, certificate] of [
    ['revoked', revoked],
    ['ended', ended],
    ['blocked', { ...year, blocking: 1 }],
  ] as const)
    it(`is not calmed by a renewal where it is ${what} and in use`, () => {
      for (const renewal of [none, there, underWay]) assert.equal(look(certificate, renewal)?.tone, 'bad');
      assert.match(look(certificate, underWay)?.words ?? '', /we, the operator, must see it through at once/);
    });
  it('names a swap that stands still, however long the certificate lives', () => {
    const found = look(year, underWay, [
      'has a swap that is blocked. We must act.',
      'leaves 4 connections in no swap.',
    ]);
    assert.deepEqual(found, {
      tone: 'warn',
      words: 'has a swap that is blocked. We must act. It leaves 4 connections in no swap.',
    });
    assert.equal(look(atOnce, underWay, ['has a swap that is blocked.'])?.tone, 'bad');
  });
  it('lets be what ends in weeks where its renewal goes well, and looks again in its last days', () => {
    assert.equal(look(soon, underWay), null);
    assert.equal(look(atOnce, underWay)?.tone, 'warn');
    assert.equal(look(soon, there)?.tone, 'warn');
    assert.equal(look(atOnce, none)?.tone, 'bad');
  });
});

describe('the colour of a certificate’s life', () => {
  const tone = (certificate: typeof year, renewal: Renewal) =>
    lifeTone(certificate, renewal, look(certificate, renewal), now);
  it('is that of what needs a look', () => {
    assert.deepEqual([tone(revoked, underWay), tone(soon, there), tone(year, none)], ['bad', 'warn', 'ok']);
  });
  it('is calm where the renewal goes well, and idle where nothing needs it', () => {
    assert.deepEqual(
      [tone(soon, underWay), tone({ ...soon, isDefault: false }, { state: 'not-needed' })],
      ['info', 'idle'],
    );
  });
  it('is red for a revoked one also where nothing presents it', () =>
    assert.equal(tone({ ...revoked, isDefault: false }, { state: 'not-needed' }), 'bad'));
});
