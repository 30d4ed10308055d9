/** What a swap means for the far side. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classOf } from './swap-class.ts';
import { identity } from './swap-examples.ts';

describe('the class of a swap', () => {
  for (const [sentence, next, matching, expected] of [
    ['the same name and issuer', identity, 'ca-and-name', 'no-change'],
    [
      'another intermediate',
      { ...identity, intermediates: ['CN=Issuing 2|02'], issuer: 'CN=Issuing 2|bb' },
      'ca-and-name',
      'new-intermediate',
    ],
    [
      'the same intermediate name with another key',
      { ...identity, intermediates: ['CN=Issuing 1|02'] },
      'ca-and-name',
      'new-intermediate',
    ],
    ['another root', { ...identity, authority: 'CN=Other' }, 'ca-and-name', 'new-ca'],
    ['another name', { ...identity, name: 'CN=other' }, 'ca-and-name', 'new-ca'],
    ['an enforcer that lists certificates', identity, 'leaf', 'leaf-pinned'],
  ] as const)
    it(`is ${expected} with ${sentence}`, () => assert.equal(classOf(identity, next, matching), expected));
  it('is new-ca where nothing was bound', () => assert.equal(classOf(null, identity, 'ca-and-name'), 'new-ca'));
});
