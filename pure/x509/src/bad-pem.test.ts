/** Bad input to the reader of PEM. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPem, X509Error } from './index.ts';

function faultOf(read: () => unknown): X509Error {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof X509Error, `a foreign exception: ${String(error)}`);
    assert.ok(Number.isInteger(error.position) && error.position >= 0);
    return error;
  }
  assert.fail('nothing was refused');
}

describe('bad input to the reader of PEM', () => {
  const block = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  for (const { sentence, text, code } of [
    { sentence: 'an empty text', text: '', code: 'X509_PEM_NO_BLOCK' },
    { sentence: 'a text without a block', text: 'hello', code: 'X509_PEM_NO_BLOCK' },
    { sentence: 'a block that never ends', text: '-----BEGIN CERTIFICATE-----\nAAAA', code: 'X509_PEM_MALFORMED' },
    {
      sentence: 'an END of another label',
      text: '-----BEGIN A-----\nAAAA\n-----END B-----',
      code: 'X509_PEM_MALFORMED',
    },
    { sentence: 'a character that is not base64', text: block('AA!A'), code: 'X509_PEM_MALFORMED' },
    { sentence: 'a missing padding', text: block('AA'), code: 'X509_PEM_MALFORMED' },
    { sentence: 'a padding in the middle', text: block('AA==AAAA'), code: 'X509_PEM_MALFORMED' },
    { sentence: 'bits behind the end', text: block('AB=='), code: 'X509_PEM_MALFORMED' },
    { sentence: 'an empty block', text: block(''), code: 'X509_PEM_MALFORMED' },
    {
      sentence: 'a label with a line in it',
      text: '-----BEGIN A\nB-----\nAAAA\n-----END A\nB-----',
      code: 'X509_PEM_MALFORMED',
    },
  ]) {
    it(`refuses ${sentence}`, () => assert.equal(faultOf(() => readPem(text)).code, code));
  }
});
