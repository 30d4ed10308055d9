import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silenceOf } from './silent-connectors.ts';

const beat = (heartbeatAgeSeconds: number, heartbeatAt: string) => ({ heartbeatAgeSeconds, heartbeatAt });

describe('whether any connector runs', () => {
  it('says nothing while one does, however many are silent', () =>
    assert.equal(silenceOf([beat(9000, '2026-11-25T00:00:00Z'), beat(15, '2026-11-26T00:00:00Z')]), null));
  it('names the last heartbeat of any where all are silent', () =>
    assert.deepEqual(silenceOf([beat(90, '2026-11-26T00:00:00Z'), beat(16, '2026-11-26T00:01:14Z')]), {
      is: 'silent',
      since: '2026-11-26T00:01:14Z',
    }));
  it('knows one that never ran', () => assert.deepEqual(silenceOf([]), { is: 'never' }));
});
