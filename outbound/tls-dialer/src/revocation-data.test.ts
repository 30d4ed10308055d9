import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fetchCodes } from './revocation-data.ts';

describe('codes of sources of revocation data', () => {
  it('are all told in the documents, and no other is', () => {
    const text = readFileSync(new URL('../../../docs/revocation.md', import.meta.url), 'utf8');
    const section = text.slice(text.indexOf('## Why a source brought nothing')).split('\n## ')[0] ?? '';
    const told = section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));
    const failures = fetchCodes.filter((code) => code !== 'ok' && code !== 'not-modified');
    assert.deepEqual(told.sort(), failures.sort());
  });
});
