import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lockTarget } from './target-lock.ts';

describe('the lock of a target', () => {
  it('is held by one run at a time, and each target has its own', () => {
    const host = `lock-${process.pid}.example`;
    const first = lockTarget(host, 443);
    assert.ok(first !== null);
    assert.equal(lockTarget(host, 443), null);
    const other = lockTarget(host, 8443);
    assert.ok(other !== null);
    first.free();
    const second = lockTarget(host, 443);
    assert.ok(second !== null);
    second.free();
    other.free();
  });
});
