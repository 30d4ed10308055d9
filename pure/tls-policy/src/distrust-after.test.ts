import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { utcInstant } from '@sallyport/x509';
import { distrustAfterOf, distrustDates } from './index.ts';

const source = new URL('../../../../shared/trust/distrust-after.json', import.meta.url);

it('a root has its date, and another root none', () => {
  const [first] = distrustDates;
  assert.ok(first);
  assert.equal(distrustAfterOf(first.sha256), first.serverDistrustAfter);
  assert.equal(distrustAfterOf('00'.repeat(32)), null);
});

it(
  'the table is what the root programme publishes',
  { skip: existsSync(source) ? false : 'the list is not here' },
  () => {
    const { roots } = JSON.parse(readFileSync(source, 'utf8')) as {
      roots: { sha256: string; serverDistrustAfter: string }[];
    };
    assert.deepEqual(
      distrustDates.map(({ sha256, serverDistrustAfter }) => [sha256, serverDistrustAfter]),
      roots.map(({ sha256, serverDistrustAfter }) => [sha256, utcInstant(serverDistrustAfter)]),
    );
  },
);
