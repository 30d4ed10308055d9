import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { laterRevocation } from './later-revocation.ts';

const [before, after] = ['2026-11-26T10:00:00.000Z', '2026-11-26T10:05:00.000Z'];
const good = { status: 'good', code: 'X509_REVOCATION_GOOD', message: 'Not listed.', since: before } as const;

describe('what was learned of a revocation after the checks', () => {
  it('is told where it is newer and says something', () => {
    const revocation = { ...good, judgedAt: after };
    assert.deepEqual(laterRevocation({ judgedAt: before, revocation }), { message: 'Not listed.', at: after });
  });

  it('is nothing where the checks are as new, nothing was looked at, or nobody knows', () => {
    assert.equal(laterRevocation({ judgedAt: after, revocation: { ...good, judgedAt: after } }), null);
    assert.equal(laterRevocation({ judgedAt: before }), null);
    const unknown = { ...good, status: 'unknown', judgedAt: after } as const;
    assert.equal(laterRevocation({ judgedAt: before, revocation: unknown }), null);
  });
});
