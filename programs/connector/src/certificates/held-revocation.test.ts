import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Holding } from '@sallyport/revocation-fetch';
import { heldRevocationFindings } from './held-revocation.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const url = 'http://ca.example/a.crl';
const source = { kind: 'crl', url, message: 'HTTP 503.', actor: null, bytes: 0, milliseconds: 3 } as const;
const holding: Holding = {
  kind: 'crl',
  url,
  subject: null,
  issuer: 'CN=A',
  thisUpdate: now - 9_000_000,
  nextUpdate: now + 9_000_000,
  entries: 1,
  bytes: 100,
  sha256: 'a'.repeat(64),
  fetchedAt: now - 9_000_000,
  confirmedAt: null,
  lastError: null,
  failingSince: null,
  dueAt: now,
};
const told = (code: 'ok' | 'not-modified' | 'source-http-status' | 'backing-off', held: readonly Holding[]) =>
  heldRevocationFindings({ sources: [{ ...source, code }] }, held, now).map(({ message }) => message);

describe('what decides about revocation while its source is away', () => {
  it('is told with its age since it was fetched, or confirmed', () => {
    assert.match(told('source-http-status', [holding])[0] ?? '', /a\.crl .*HTTP 503\).*from before, 2 hours old/);
    assert.match(told('backing-off', [{ ...holding, confirmedAt: now - 60_000 }])[0] ?? '', /1 minute old/);
    assert.match(told('source-http-status', [{ ...holding, confirmedAt: now - 300_000_000 }])[0] ?? '', /3 days old/);
    assert.match(told('source-http-status', [{ ...holding, confirmedAt: now - 10 }])[0] ?? '', /0 seconds old/);
  });
  it('is not told where the source answered, or nothing of it is held', () => {
    for (const code of ['ok', 'not-modified'] as const) assert.deepEqual(told(code, [holding]), []);
    assert.deepEqual(told('source-http-status', []), []);
    const never = { ...holding, thisUpdate: null, fetchedAt: null };
    assert.deepEqual(told('source-http-status', [never, { ...holding, url: 'http://other' }]), []);
  });
});
