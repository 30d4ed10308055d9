import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Swap } from '@sallyport/console-api';
import { succession, successorWords } from './succession.ts';

const swap = (current: string | null, next: string, state: Swap['state']): Swap => {
  const certificate = (id: string) => ({ id, name: `name of ${id}` });
  return { current: current === null ? null : certificate(current), next: certificate(next), state } as Swap;
};

describe('what a certificate replaces, and what replaces it', () => {
  it('counts the connections that went over and those on their way, each certificate once', () => {
    const { replaces, replacedBy } = succession(
      [swap('old', 'it', 'done'), swap('old', 'it', 'canary'), swap('it', 'new', 'blocked'), swap(null, 'it', 'done')],
      'it',
    );
    assert.deepEqual(
      [replaces, replacedBy].map((list) => list.map(({ certificate: { id }, done, underWay }) => [id, done, underWay])),
      [[['old', 1, 1]], [['new', 0, 1]]],
    );
  });

  it('leaves out what was given up', () => {
    const { replacedBy } = succession([swap('it', 'new', 'cancelled'), swap('it', 'newer', 'rolled-back')], 'it');
    assert.deepEqual(replacedBy, []);
  });

  it('says how far it is', () => {
    const certificate = { id: '', name: '' };
    assert.equal(successorWords({ certificate, done: 0, underWay: 1 }), 'under way on 1 connection');
    assert.equal(successorWords({ certificate, done: 2, underWay: 0 }), 'on 2 connections');
    assert.equal(successorWords({ certificate, done: 2, underWay: 3 }), 'on 2 connections, under way on 3 more');
  });
});
