import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { tls13 } from '@sallyport/tls-policy';
import { GateFailure } from '../gate-failure.ts';
import { VersionFork } from './version-fork.ts';

interface Hello {
  readonly retry?: boolean;
  readonly suite?: number;
  readonly group?: number;
  readonly newer?: boolean;
}

/** A ServerHello in its record. */
function hello({ retry = false, suite = 0x1302, group = 24, newer = true }: Hello = {}): Buffer {
  const random = retry ? createHash('sha256').update('HelloRetryRequest').digest() : Buffer.alloc(32, 7);
  const version = newer ? [0, 43, 0, 2, 3, 4] : [];
  const share = [0, 51, 0, 2, group >> 8, group & 255];
  const extensions = Buffer.from([...version, ...share]);
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    random,
    Buffer.from([0, suite >> 8, suite & 255, 0, 0, extensions.length]),
    extensions,
  ]);
  return Buffer.concat([Buffer.from([22, 3, 3, 0, body.length + 4, 2, 0, 0, body.length]), body]);
}

const change = Buffer.from([20, 3, 3, 0, 1, 1]);

function failureOf(...pieces: readonly Buffer[]): string {
  const fork = new VersionFork(tls13);
  try {
    for (const piece of pieces) fork.take(piece);
  } catch (error) {
    if (error instanceof GateFailure) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('the fork between the versions', () => {
  it('lets ServerHello of TLS 1.3 through and holds what comes behind it, however it is cut', () => {
    const bytes = Buffer.concat([hello(), change, Buffer.from([23, 3, 3, 0, 32])]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const fork = new VersionFork(tls13);
      const parts = [fork.take(bytes.subarray(0, cut)), fork.take(bytes.subarray(cut))];
      assert.deepEqual(Buffer.concat(parts.flatMap(({ pass }) => pass)), hello(), `cut at ${cut}`);
      assert.deepEqual(
        Buffer.concat(parts.flatMap(({ hold }) => hold)),
        bytes.subarray(hello().length),
        `cut at ${cut}`,
      );
      assert.equal(fork.complete, false);
    }
  });

  it('lets a wish for a second ClientHello through once, with the ChangeCipherSpec behind it', () => {
    const fork = new VersionFork(tls13);
    const { pass, hold } = fork.take(Buffer.concat([hello({ retry: true }), change]));
    assert.deepEqual([Buffer.concat([...pass]), hold], [Buffer.concat([hello({ retry: true }), change]), []]);
    assert.equal(fork.retried, true);
    assert.equal(failureOf(hello({ retry: true }), hello()), 'none');
    assert.match(failureOf(hello({ retry: true }), hello({ retry: true })), /^tls-protocol-error: .*third ClientHello/);
    assert.match(failureOf(hello({ retry: true }), hello({ newer: false })), /^tls-protocol-error: .*another version/);
    assert.match(failureOf(change), /^tls-protocol-error/);
  });

  it('takes no suite and no group that was not offered', () => {
    assert.match(failureOf(hello({ suite: 0x1303 })), /^tls-protocol-error: .*0x1303/);
    assert.match(failureOf(hello({ suite: 0xc02b })), /^tls-protocol-error: .*0xc02b/);
    assert.match(failureOf(hello({ group: 25 })), /^tls-protocol-error: .*P-521/);
    assert.match(failureOf(hello({ retry: true, group: 0x11ec })), /^tls-protocol-error/);
  });

  it('leaves everything else to the grammar of TLS 1.2', () => {
    assert.match(failureOf(Buffer.from('HTTP/1.1 400')), /^not-tls/);
    assert.match(failureOf(Buffer.from([21, 3, 3, 0, 2, 2, 40])), /^no-common-suite/);
    assert.match(failureOf(Buffer.from([21, 3, 3, 0, 2, 2, 70])), /^protocol-version/);
    assert.match(failureOf(Buffer.from([23, 3, 3, 0, 1, 0])), /^tls-protocol-error/);
    // A ServerHello of TLS 1.3 in two records is no way around: its suite is none of TLS 1.2.
    const whole = hello();
    const halves = [whole.subarray(5, 20), whole.subarray(20)].map((part) =>
      Buffer.concat([Buffer.from([22, 3, 3, 0, part.length]), part]),
    );
    assert.match(failureOf(...halves), /^tls-protocol-error: .*0x1302/);
  });
});
