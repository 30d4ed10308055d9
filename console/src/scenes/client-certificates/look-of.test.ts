import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientCertificate, Swap } from '@sallyport/console-api';
import { lookOf } from './look-of.ts';

const now = Date.parse('2026-11-26T00:00:00Z');
const certificate = {
  id: 'old',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-06-01T00:00:00Z',
  customerName: null,
  blocking: 0,
  isDefault: false,
  usages: [{ connectionId: 'n', pointer: 'current' }],
} as unknown as ClientCertificate;
const swap = (id: string, state: Swap['state'], members: object = {}) =>
  ({
    id,
    state,
    connectionId: 'n',
    connectionName: 'Jira',
    customerName: 'ACME',
    rolloutId: null,
    reason: null,
    current: { id: 'old' },
    next: { id: 'new', name: 'new' },
    ...members,
  }) as unknown as Swap;
const words = (...swaps: readonly Swap[]) => lookOf(certificate, swaps, now).look?.words ?? null;

describe('the look at one certificate', () => {
  it('says nothing where its swaps go well, and nothing of those that bring it', () => {
    assert.equal(words(swap('s', 'scheduled')), null);
    assert.equal(words(swap('s', 'blocked', { current: { id: 'older' }, next: { id: 'old', name: 'old' } })), null);
  });
  it('names the last swap of a connection where it went back, and forgets it once another has followed', () => {
    assert.match(words(swap('s', 'rolled-back')) ?? '', /was rolled back: ACME, Jira/);
    for (const later of ['proposed', 'cancelled', 'done'] as const)
      assert.equal(words(swap('t', later), swap('s', 'rolled-back')), null);
  });
  it('gives its bar the same colour', () =>
    assert.deepEqual(
      [lookOf(certificate, [swap('s', 'blocked')], now).tone, lookOf(certificate, [], now).tone],
      ['warn', 'ok'],
    ));
});
