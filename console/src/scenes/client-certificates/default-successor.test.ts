import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientCertificate } from '@sallyport/console-api';
import { suggestedDefault } from './default-successor.ts';

const now = Date.parse('2026-11-26T00:00:00Z');
const usages = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ connectionId: `${index}`, pointer: 'current' }));
const certificate = (id: string, members: object = {}): ClientCertificate =>
  ({
    id,
    customerId: null,
    subject: 'CN=*.operator.example',
    domain: null,
    notBefore: '2026-06-01T00:00:00Z',
    notAfter: '2027-06-01T00:00:00Z',
    isDefault: false,
    usages: [],
    blocking: 0,
    ...members,
  }) as unknown as ClientCertificate;
const old = (members: object = {}) => certificate('old', { isDefault: true, usages: usages(2), ...members });
const next = (members: object = {}) =>
  certificate('next', { notAfter: '2027-09-01T00:00:00Z', usages: usages(3), ...members });
const found = (...certificates: readonly ClientCertificate[]) => {
  const { successor, because } = suggestedDefault(certificates, now) ?? {};
  return successor === undefined ? null : [successor.id, because];
};

describe('whether another certificate should be the default', () => {
  it('suggests the renewal once it serves more than the default', () => {
    assert.deepEqual(found(old(), next()), ['next', 'moved']);
    assert.equal(found(old(), next({ usages: usages(1) })), null);
  });
  it('suggests one that serves, however few, where the default ends or is revoked', () => {
    const serving = next({ usages: usages(1) });
    assert.deepEqual(found(old({ notAfter: '2026-12-06T00:00:00Z' }), serving), ['next', 'ends']);
    assert.deepEqual(found(old({ revocation: { status: 'revoked' } }), serving), ['next', 'revoked']);
    assert.deepEqual(found(old({ blocking: 1 }), next({ subject: 'CN=other', usages: usages(1) })), [
      'next',
      'blocked',
    ]);
  });
  it('suggests nothing that serves nobody, is a customer’s, revoked, blocked, or of another name', () => {
    for (const wrong of [
      { usages: [] },
      { customerId: 'c' },
      { revocation: { status: 'revoked' } },
      { blocking: 1 },
      { subject: 'CN=other' },
    ])
      assert.equal(found(old(), next(wrong)), null);
    assert.equal(found(next()), null);
  });
});
