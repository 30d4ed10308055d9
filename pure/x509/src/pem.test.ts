import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readPem, writePem } from './index.ts';

it('reads back what it writes, at every length', () => {
  for (let length = 1; length < 200; length++) {
    const der = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
    const [block] = readPem(`text before\n${writePem('CERTIFICATE', der)}text behind`);
    assert.equal(block?.label, 'CERTIFICATE');
    assert.deepEqual(block?.der, der);
  }
});

it('writes lines of 64 characters', () => {
  const lines = writePem('X', new Uint8Array(100)).trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.length),
    [17, 64, 64, 8, 15],
  );
});

it('reads several blocks in order, with Windows line ends', () => {
  const text = (writePem('A', Uint8Array.of(1)) + writePem('B C', Uint8Array.of(2))).replaceAll('\n', '\r\n');
  assert.deepEqual(
    readPem(text).map(({ label, der }) => [label, der[0]]),
    [
      ['A', 1],
      ['B C', 2],
    ],
  );
});
