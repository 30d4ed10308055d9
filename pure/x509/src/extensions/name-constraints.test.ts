import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DerReader } from '../der/der-reader.ts';
import { X509Error } from '../x509-error.ts';
import { readNameConstraints } from './name-constraints.ts';

const element = (tag: number, ...content: readonly (readonly number[])[]): number[] => {
  const bytes = content.flat();
  return [tag, bytes.length, ...bytes];
};
const example = element(0x82, [...Buffer.from('example.com')]);
const constraints = (list: 0xa0 | 0xa1, ...rest: readonly number[][]): Uint8Array =>
  Uint8Array.from(element(0x30, element(list, element(0x30, example, ...rest))));
const codeOf = (der: Uint8Array): string => {
  try {
    readNameConstraints(new DerReader(der));
    return 'read';
  } catch (error) {
    if (error instanceof X509Error) return error.code;
    throw error;
  }
};

describe('a subtree of name constraints', () => {
  for (const [name, list] of [
    ['permitted', 0xa0],
    ['excluded', 0xa1],
  ] as const) {
    it(`is read where it is ${name} and has its base alone`, () => assert.equal(codeOf(constraints(list)), 'read'));
    for (const [what, rest, code] of [
      ['a minimum of 1', [element(0x80, [1])], 'X509_GENERAL_NAME_MALFORMED'],
      ['a minimum of 5', [element(0x80, [5])], 'X509_GENERAL_NAME_MALFORMED'],
      ['a minimum of 0 that is written out', [element(0x80, [0])], 'X509_DER_DEFAULT_ENCODED'],
      ['a maximum', [element(0x81, [2])], 'X509_GENERAL_NAME_MALFORMED'],
      ['minimum and maximum', [element(0x80, [1]), element(0x81, [2])], 'X509_GENERAL_NAME_MALFORMED'],
    ] as const)
      it(`is refused where it is ${name} and has ${what}: nobody says what that asks`, () =>
        assert.equal(codeOf(constraints(list, ...rest)), code));
  }
});
