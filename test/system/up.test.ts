import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { callApi, eventually, startSallyport } from './running-sallyport.ts';

const launcher = new URL('../../sallyport', import.meta.url).pathname;

/** Command lines of all processes that mention `text`. */
function processesNaming(text: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => {
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      } catch {
        return ''; // it ended while we looked
      }
    })
    .filter((line) => line.includes(text));
}

describe('sallyport up', { skip: process.platform === 'linux' ? false : 'needs /proc' }, () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-up-'));
  after(() => rmSync(dataDirectory, { recursive: true, force: true }));

  it('answers when it says ready, refuses a second start on its data, heals what dies, and ends without a trace', async () => {
    const first = await startSallyport({}, { dataDirectory, keep: true });
    try {
      assert.equal((await callApi(`${first.url}/readyz`, 'GET', null)).status, 200);
      assert.match(String(first.signInUrl), /^https:\/\/localhost:\d+\//);
      const second = startSallyport({}, { dataDirectory, keep: true });
      await assert.rejects(second, (error: { code?: string; message: string }) => {
        assert.equal(error.code, 'data-directory-in-use');
        assert.match(error.message, /already runs on/);
        return true;
      });
      const { connector } = first.processes();
      assert.ok(connector !== undefined);
      process.kill(connector, 'SIGKILL');
      await eventually('another connector process runs', () => {
        const next = first.processes().connector;
        return next !== undefined && next !== connector ? true : null;
      });
    } finally {
      await first.stop();
    }
    assert.deepEqual(processesNaming(dataDirectory), []);
    assert.ok(!existsSync(join(dataDirectory, 'up.lock')));
  });

  it('starts again on its data, without the sandbox when asked', async () => {
    const again = await startSallyport({}, { dataDirectory, keep: true, parameters: ['--no-sandbox'] });
    try {
      assert.equal(again.processes().sandbox, undefined);
      assert.equal((await callApi(`${again.url}/livez`, 'GET', null)).status, 200);
    } finally {
      await again.stop();
    }
  });

  it('says so when its port is taken', async () => {
    const holder = createServer().listen(0);
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const attempt = startSallyport(
        { SALLYPORT_PORT: String(port) },
        { dataDirectory, keep: true, parameters: ['--no-sandbox'] },
      );
      await assert.rejects(attempt, { code: 'port-taken' });
    } finally {
      holder.close();
    }
  });

  it('refuses an unknown option and a port that is none', () => {
    const option = spawnSync(launcher, ['up', '--sandboxes'], {
      encoding: 'utf8',
      env: { ...process.env, SALLYPORT_DATA: dataDirectory },
    });
    assert.match(option.stderr, /unknown option '--sandboxes'/);
    assert.equal(option.status, 2);
    const port = spawnSync(launcher, ['up'], {
      encoding: 'utf8',
      env: { ...process.env, SALLYPORT_DATA: dataDirectory, SALLYPORT_PORT: 'x' },
    });
    assert.match(port.stderr, /SALLYPORT_PORT is 'x'/);
    const database = spawnSync(launcher, ['up'], {
      encoding: 'utf8',
      env: { ...process.env, SALLYPORT_DATA: dataDirectory, DATABASE_URL: 'nonsense' },
    });
    assert.equal(database.status, 2);
    assert.match(database.stderr, /DATABASE_URL must be/);
  });
});

describe('the launcher', () => {
  it('shows the commands', () => {
    const { stdout, status } = spawnSync(launcher, ['help'], { encoding: 'utf8' });
    assert.equal(status, 0);
    for (const verb of ['check', 'x509', 'up', 'db', 'web', 'connector', 'sandbox'])
      assert.match(stdout, new RegExp(`sallyport ${verb}`));
  });

  it('refuses a command that does not exist', () => {
    const { stderr, status } = spawnSync(launcher, ['frobnicate'], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /no command 'frobnicate'/);
  });
});
