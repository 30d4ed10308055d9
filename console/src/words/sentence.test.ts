import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sentence } from './sentence.ts';

describe('words as a sentence', () => {
  it('begin with a capital and end with a stop', () =>
    assert.equal(sentence('runs it every hour'), 'Runs it every hour.'));
  it('keep the end that they have', () => assert.equal(sentence('is it there?'), 'Is it there?'));
  it('stay as they are where they are a command', () =>
    assert.equal(sentence('nginx -t && nginx -s reload'), 'nginx -t && nginx -s reload'));
});
