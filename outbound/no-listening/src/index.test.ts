import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

/** The guard is for a whole process and for good: each attempt runs in a process of its own. */
function attempt(code: string): string {
  const guard = new URL('./index.ts', import.meta.url).href;
  const program = `
    const { refuseToListen } = await import(${JSON.stringify(guard)});
    const heard = [];
    refuseToListen((error) => heard.push(error.code));
    try { ${code} } catch (error) { console.log(error.code + ' ' + heard.join(',')); }
    process.exit(0);
  `;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout.trim();
}

describe('the dialling tier', () => {
  for (const [way, code] of [
    ['net', "(await import('node:net')).createServer().listen(0);"],
    ['net on a Unix socket', "(await import('node:net')).createServer().listen('/tmp/a.sock');"],
    ['tls', "(await import('node:tls')).createServer().listen(0);"],
    ['http', "(await import('node:http')).createServer().listen(0);"],
    ['http2', "(await import('node:http2')).createServer().listen(0);"],
    ['a datagram socket', "(await import('node:dgram')).createSocket('udp4').bind(0);"],
  ] as const) {
    it(`cannot listen by ${way}`, () =>
      assert.equal(attempt(code), 'DIRECTION_LISTEN_REFUSED DIRECTION_LISTEN_REFUSED'));
  }
});
