import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const folder = new URL('../../deploy/systemd/', import.meta.url);
const unit = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const withoutGrader = existsSync('/usr/bin/systemd-analyze') ? false : 'systemd-analyze is not installed';

describe('the deployment files', () => {
  it('give the web tier its socket and no network to connect to', () => {
    assert.match(unit('sallyport-web.socket'), /^ListenStream=8443$/m);
    assert.match(unit('sallyport-web.service'), /^PrivateNetwork=yes$/m);
    assert.match(unit('sallyport-web.service'), /^Requires=sallyport-web.socket$/m);
  });

  it('let a connector bind nothing', () => assert.match(unit('sallyport-connector.service'), /^SocketBindDeny=any$/m));

  it('hand each tier its own secrets only', () => {
    assert.doesNotMatch(unit('sallyport-web.service'), /seal-key|connector-database-url/);
    assert.doesNotMatch(unit('sallyport-connector.service'), /web-database-url|web\.key/);
  });

  // 10 is no protection at all; a bare unit has 9.6. The connector keeps the network, which is its task.
  for (const [name, bound] of [
    ['sallyport-web.service', 1],
    ['sallyport-connector.service', 1.5],
  ] as const) {
    it(`grade ${name} at an exposure of at most ${bound}`, { skip: withoutGrader }, () => {
      const path = new URL(name, folder).pathname;
      const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', path], { encoding: 'utf8' });
      const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
      assert.ok(exposure <= bound, `systemd-analyze grades it ${exposure}`);
    });
  }
});
