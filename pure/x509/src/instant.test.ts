import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatInstant, utcInstant, X509Error } from './index.ts';

it('reads RFC 3339 with seconds and offset', () => {
  assert.equal(utcInstant('2026-11-24T09:00:00Z'), 1_795_510_800_000);
  assert.equal(utcInstant('2026-11-24T10:00:00.250+01:00'), 1_795_510_800_250);
  assert.equal(formatInstant(utcInstant('2026-11-24T09:00:00Z')), '2026-11-24T09:00:00Z');
});

for (const text of ['2026-11-24', '2026-11-24T09:00Z', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', 'tomorrow', ''])
  it(`refuses ${JSON.stringify(text)} as an instant`, () => {
    assert.throws(
      () => utcInstant(text),
      (error) => error instanceof X509Error && error.code === 'X509_INSTANT_INVALID',
    );
  });
