import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RateLimiter } from './rate-limit.ts';

describe('the rate limit', () => {
  it('empties, says when to come back, and fills again', () => {
    const limiter = new RateLimiter();
    limiter.set({ limit: 2, fillRate: 1, intervalSeconds: 10 });
    assert.deepEqual(
      [1000, 1000, 1000, 4000].map((at) => limiter.take('one', at).isAllowed),
      [true, true, false, false],
    );
    const { headers } = limiter.take('one', 4000);
    assert.equal(headers['x-ratelimit-limit'], '2');
    assert.equal(headers['x-ratelimit-remaining'], '0');
    assert.equal(headers['x-ratelimit-interval-seconds'], '10');
    assert.equal(headers['x-ratelimit-fillrate'], '1');
    assert.equal(headers['retry-after'], '7');
    assert.ok(limiter.take('one', 11_000).isAllowed);
    assert.ok(!limiter.take('one', 11_000).isAllowed);
  });

  it('counts each account for itself, and says 0 seconds while tokens remain', () => {
    const limiter = new RateLimiter();
    limiter.set({ limit: 1, fillRate: 1, intervalSeconds: 1 });
    assert.equal(limiter.take('one', 0).headers['retry-after'], '0');
    assert.ok(limiter.take('other', 0).isAllowed);
  });
});
