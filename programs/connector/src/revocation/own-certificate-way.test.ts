import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operatorId } from '@sallyport/store';
import { ownCertificateWay } from './own-certificate-way.ts';

describe('the way to what our own certificates name', () => {
  const connections = [
    { customerId: 'inside', terms: { allowPrivate: true } },
    { customerId: 'outside', terms: { allowPrivate: false } },
  ];
  const allows = (customerId: string, known = connections): boolean =>
    ownCertificateWay(customerId, known).allowPrivate;

  it('leads to private addresses where a connection of its owner may dial such, and for the operator where any may', () => {
    assert.deepEqual(
      ['inside', 'outside', operatorId].map((one) => allows(one)),
      [true, false, true],
    );
    assert.deepEqual(
      ['inside', operatorId].map((one) => allows(one, connections.slice(1))),
      [false, false],
    );
    assert.equal(allows(operatorId, []), false);
  });
});
