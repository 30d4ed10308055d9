import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shownEvidence } from './shown-evidence.ts';

const at = Date.parse('2026-11-26T10:00:00Z');

describe('evidence as people read it', () => {
  it('has every instant in the one form of the API, however deep it lies', () => {
    assert.deepEqual(
      shownEvidence({
        canary: { at, addresses: [{ next: { milliseconds: 412 } }] },
        observation: { lastAcceptedAt: at, lastTriedAt: null, seconds: 60 },
        reason: { until: at },
        approvals: [{ at, windowStartsAt: at, windowEndsAt: at }],
        trustedAt: '2026-11-26T10:00:00.000Z',
      }),
      {
        canary: { at: '2026-11-26T10:00:00.000Z', addresses: [{ next: { milliseconds: 412 } }] },
        observation: { lastAcceptedAt: '2026-11-26T10:00:00.000Z', lastTriedAt: null, seconds: 60 },
        reason: { until: '2026-11-26T10:00:00.000Z' },
        approvals: [
          {
            at: '2026-11-26T10:00:00.000Z',
            windowStartsAt: '2026-11-26T10:00:00.000Z',
            windowEndsAt: '2026-11-26T10:00:00.000Z',
          },
        ],
        trustedAt: '2026-11-26T10:00:00.000Z',
      },
    );
  });
  it('leaves numbers alone that are no instants, and whatever else it is', () => {
    for (const evidence of [null, 'text', { generation: 3, format: 12, lookedAt: 5 }, [1, 2]])
      assert.deepEqual(shownEvidence(evidence), evidence);
  });
});
