import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { obstacleLinks } from './obstacle-links.ts';

describe('what stands against a retirement', () => {
  it('leads to swaps, rollouts and connections', () => {
    assert.deepEqual(
      obstacleLinks({
        isDefault: false,
        swaps: [{ swapId: 's', connectionName: 'Acme' }],
        rollouts: ['r'],
        uses: [
          { connectionId: 'c', connectionName: 'Acme', pointer: 'current' },
          { connectionId: 'd', connectionName: null, pointer: 'previous' },
        ],
      }),
      [
        { to: '/swaps/s', words: 'Swap of Acme: cancel it, or let it end' },
        { to: '/rollouts/r', words: 'Rollout that brings it: cancel it, or let it end' },
        { to: '/connections/c', words: 'Acme: presents it now' },
        {
          to: '/connections/d',
          words: 'a connection of somebody else: may go back to it until the window of its swap closes',
        },
      ],
    );
  });

  it('shows nothing of what has another form', () => {
    assert.deepEqual(obstacleLinks({ swaps: [{}], rollouts: 'r', uses: null }), []);
  });
});
