import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runDifferential } from './differential-run.ts';

it('no disagreement with openssl verify or crypto/x509 on a few generated chains is without a reason', (context) => {
  const { asked, disagreements } = runDifferential(120, 5);
  if (asked.length === 0) context.skip('neither openssl nor go is installed');
  assert.deepEqual(
    disagreements.filter(({ reason }) => reason === null),
    [],
  );
});
