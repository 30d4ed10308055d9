import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { IntakeFinding } from '@sallyport/console-api';
import { findingsNow } from './known-since.ts';

const now = Date.parse('2026-12-01T00:00:00Z');
const good = { kind: 'operator-named', notAfter: new Date(now + 1) } as const;
const revoked = { status: 'revoked', since: new Date(now) } as const;
const judged = (code: string): IntakeFinding => ({
  topic: 'five-checks',
  code,
  severity: 'blocks',
  message: 'x',
  actor: 'operator',
  from: null,
  source: null,
  sourceDate: null,
});
const shown = (findings: readonly IntakeFinding[]): unknown[] =>
  findings.map(({ code, severity, actor }) => [code, severity, actor]);

describe('the findings of a certificate in the inventory', () => {
  it('say that it is revoked or over as soon as that is known, and who must act', () => {
    assert.deepEqual(shown(findingsNow([], good, revoked, now)), [['X509_REVOCATION_REVOKED', 'blocks', 'operator']]);
    const over = { kind: 'customer-custom', notAfter: new Date(now) } as const;
    assert.deepEqual(shown(findingsNow([], over, undefined, now)), [['X509_EXPIRED', 'blocks', 'customer']]);
  });
  it('say it once where its judgement says it too', () =>
    assert.equal(findingsNow([judged('X509_REVOCATION_REVOKED')], good, revoked, now).length, 1));
  it('are those of its judgement while nothing else is known', () =>
    assert.deepEqual(findingsNow([judged('x')], good, { ...revoked, status: 'good' }, now), [judged('x')]));
});
