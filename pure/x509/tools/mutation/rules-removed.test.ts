import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { removeEachRule } from './rules-removed.ts';

const home = join(dirname(fileURLToPath(import.meta.url)), '../..');

it('every rule, decision and refusal of path validation and revocation, taken away by itself, is missed by a test', async () => {
  const tried = await removeEachRule(home);
  assert.deepEqual(
    tried
      .filter(({ noticedBy }) => noticedBy === null)
      .map(({ file, line, what, tests }) => `${file}:${line} ${what} (${tests} tests reach it)`),
    [],
  );
  assert.ok(tried.length > 240, `${tried.length} parts`);
});
