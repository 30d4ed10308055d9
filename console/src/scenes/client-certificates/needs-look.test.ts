import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { needsLook } from './needs-look.ts';

const now = Date.parse('2026-11-26T00:00:00Z');
const year = {
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-06-01T00:00:00Z',
  customerName: null,
  blocking: 0,
  isDefault: true,
  usages: [],
};

describe('whether a client certificate needs a look', () => {
  it('says nothing of one that is in order', () => assert.equal(needsLook(year, now), null));
  it('names us for our own that ends soon, and the customer for theirs', () => {
    const soon = { ...year, notAfter: '2026-12-06T00:00:00Z' };
    assert.deepEqual(needsLook(soon, now), {
      tone: 'warn',
      words: 'ends in 10 days. We, the operator, must put the next one in its place.',
    });
    assert.match(needsLook({ ...soon, customerName: 'Borealis' }, now)?.words ?? '', /Borealis must bring/);
  });
  it('puts revocation before the time that is left', () => {
    const revocation = { status: 'revoked', code: 'c', message: 'm', judgedAt: '', since: '' } as const;
    assert.match(needsLook({ ...year, revocation }, now)?.words ?? '', /^is revoked/);
  });
  it('alarms about what has ended where it would be used, and lets the rest be', () => {
    const ended = { ...year, notAfter: '2026-11-20T00:00:00Z' };
    assert.equal(needsLook(ended, now)?.tone, 'bad');
    assert.equal(needsLook({ ...ended, isDefault: false }, now), null);
  });
});
