import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

/** The guard is for a whole process and for good: each attempt runs in a process of its own. */
function attempt(code: string): string {
  const guard = new URL('./index.ts', import.meta.url).href;
  const program = `
    const { refuseToDial } = await import(${JSON.stringify(guard)});
    const heard = [];
    refuseToDial({ socketDirectory: '/tmp/db' }, (error) => heard.push(error.code));
    const say = (text) => { console.log(text + ' ' + heard.join(',')); process.exit(0); };
    try { ${code} } catch (error) { say(error.code ?? error.cause?.code ?? error.message); }
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  return stdout.trim() || stderr;
}

describe('the listening tier', () => {
  for (const [way, code] of [
    ['net.connect', "(await import('node:net')).connect(9, '127.0.0.1');"],
    ['net.connect with options', "(await import('node:net')).connect({ port: 9, host: '127.0.0.1' });"],
    ['a Unix socket that is not the database', "(await import('node:net')).connect('/tmp/other.sock');"],
    ['tls.connect', "(await import('node:tls')).connect(9, '127.0.0.1');"],
    ['fetch', "await fetch('http://127.0.0.1:9443');"],
    ['http.get', "(await import('node:http')).get('http://127.0.0.1:9');"],
    ['a datagram socket', "(await import('node:dgram')).createSocket('udp4').send('a', 9, '127.0.0.1');"],
  ] as const) {
    it(`cannot dial by ${way}`, () => assert.match(attempt(code), /^DIRECTION_DIAL_REFUSED DIRECTION_DIAL_REFUSED/));
  }

  it('still reaches its database', () => {
    const code = `(await import('node:net')).connect('/tmp/db/.s.PGSQL.5432').on('error', (error) => say(error.code)); await new Promise(() => {});`;
    assert.match(attempt(code), /^ENOENT/);
  });
});
