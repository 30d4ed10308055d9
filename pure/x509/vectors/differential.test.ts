import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defectNames, pairOfChain } from '../generate/chain-generator.ts';
import { runDifferential, staleExplanations } from './differential-run.ts';

it('no disagreement with openssl verify or crypto/x509 on a few generated chains is without a reason', (context) => {
  const { asked, disagreements } = runDifferential(120, 5);
  if (asked.length === 0) context.skip('neither openssl nor go is installed');
  assert.deepEqual(
    disagreements.filter(({ explanation }) => explanation === null),
    [],
  );
});

it('an explanation of a disagreement that no longer happens is stale, unless nobody asked the other', () => {
  const row = (subject: string, other: 'openssl' | 'go' = 'openssl') =>
    ({ other, accepts: 'they', subject, reason: 'because' }) as const;
  const [happens, gone, notAsked] = [row('A'), row('B'), row('C', 'go')];
  const disagreement = { other: 'openssl', defects: '', ours: 'A', theirs: 'accepted', explanation: happens } as const;
  assert.deepEqual(staleExplanations([happens, gone, notAsked], ['openssl'], [disagreement]), [gone]);
});

it('every pair of defects that do not touch the same part is among the chains of a telling run', () => {
  const pairs = new Set<string>();
  for (let index = 2; index < 6000; index += 4) pairs.add(pairOfChain(index, 1).join(' + '));
  const count = defectNames.length;
  assert.equal(pairs.size, (count * (count - 1)) / 2);
});
