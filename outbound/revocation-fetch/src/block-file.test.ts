import assert from 'node:assert/strict';
import { mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { X509Error } from '@sallyport/x509';
import { BlockFile, blockHashes, blockHashesLength } from './block-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-blocks-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'file');
const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) >> 3);
const hashes = blockHashes(bytes);

function opened(): BlockFile {
  writeFileSync(path, bytes);
  return new BlockFile(path, bytes.length, hashes);
}

describe('a file of blocks', () => {
  it('hands out any part, within a block, over borders, and whole', () => {
    const file = opened();
    for (const [offset, length] of [
      [0, 1],
      [16_383, 2],
      [99_999, 1],
      [5, 90_000],
      [0, 100_000],
      [40_000, 0],
    ] as const)
      assert.deepEqual(file.read(offset, length), bytes.slice(offset, offset + length));
    file.compareAll();
    file.close();
    assert.equal(hashes.length, blockHashesLength(bytes.length));
  });
  it('hands out nothing of a block in which a bit was flipped, also while it is open, and still all others', () => {
    for (const place of [0, 16_384, 50_000, 99_999]) {
      const file = opened();
      const descriptor = openSync(path, 'r+');
      writeSync(descriptor, Uint8Array.of((bytes[place] ?? 0) ^ 1), 0, 1, place);
      closeSync(descriptor);
      assert.throws(() => file.read(place, 1), X509Error);
      assert.throws(() => file.compareAll(), X509Error);
      const other = place < 50_000 ? 99_000 : 100;
      assert.deepEqual(file.read(other, 4), bytes.slice(other, other + 4));
      file.close();
    }
  });
  it('hands out nothing beyond its end, of a file that was cut, or after it was closed', () => {
    const file = opened();
    assert.throws(() => file.read(99_999, 2), X509Error);
    assert.throws(() => file.read(-1, 2), X509Error);
    truncateSync(path, 90_000);
    assert.throws(() => file.read(95_000, 1), X509Error);
    assert.throws(() => file.read(89_000, 1), X509Error);
    file.close();
    file.close();
    assert.throws(() => file.read(0, 1), X509Error);
  });
});
