import assert from 'node:assert/strict';
import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { callApi, eventually, startSallyport, type RunningSallyport } from './running-sallyport.ts';

/** One TCP socket of a process as the kernel lists it. */
interface TcpSocket {
  readonly localPort: number;
  readonly remotePort: number;
  readonly state: 'listening' | 'other';
}

/** The kernel's own list, for the sockets that the process holds open now. */
function tcpSockets(process_: number): TcpSocket[] {
  const inodes = socketInodes(process_);
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${process_}/net/${table}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => inodes.has(fields[9] ?? ''))
      .map((fields) => ({
        localPort: Number.parseInt(fields[1]?.split(':')[1] ?? '', 16),
        remotePort: Number.parseInt(fields[2]?.split(':')[1] ?? '', 16),
        state: fields[3] === '0A' ? ('listening' as const) : ('other' as const),
      })),
  );
}

function listeningUnixSockets(process_: number): string[] {
  const inodes = socketInodes(process_);
  const accepting = 0x10000;
  return readFileSync(`/proc/${process_}/net/unix`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => inodes.has(fields[6] ?? '') && (Number.parseInt(fields[3] ?? '0', 16) & accepting) !== 0)
    .map((fields) => fields[7] ?? '(no path)');
}

function socketInodes(process_: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const descriptor of readdirSync(`/proc/${process_}/fd`)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${process_}/fd/${descriptor}`))?.[1];
      if (inode !== undefined) found.add(inode);
    } catch {
      // It was closed while we looked.
    }
  }
  return found;
}

describe('the running processes', { skip: process.platform === 'linux' ? false : 'needs /proc' }, () => {
  let sallyport: RunningSallyport;
  before(async () => {
    sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '2000' });
  });
  after(async () => sallyport?.stop());

  it('keep the direction while a connection is checked, activated and synchronised', async () => {
    const { web, connector } = sallyport.processes();
    assert.ok(web !== undefined && connector !== undefined);
    const webPort = Number(new URL(sallyport.url).port);
    let dialled = 0;
    let answered = 0;
    // Looks at both processes all the time while everything below happens.
    let looking = true;
    const watch = (async () => {
      while (looking) {
        for (const socket of tcpSockets(web)) {
          if (socket.state === 'listening')
            assert.equal(socket.localPort, webPort, 'the web tier listens on its port only');
          else assert.equal(socket.localPort, webPort, `the web tier dialled port ${socket.remotePort}`);
          answered += 1;
        }
        for (const socket of tcpSockets(connector)) {
          assert.notEqual(socket.state, 'listening', `the connector listens on port ${socket.localPort}`);
          dialled += 1;
        }
        assert.deepEqual(listeningUnixSockets(connector), []);
        assert.deepEqual(listeningUnixSockets(web), []);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const created = await sallyport.call('POST', '/sandbox/connection');
    assert.equal(created.status, 201, JSON.stringify(created.body));
    const { id } = created.body as { id: string };
    const checked = await sallyport.call('POST', `/connections/${id}/check`);
    assert.equal(checked.status, 200, JSON.stringify(checked.body));
    const activated = await sallyport.call('POST', `/connections/${id}/activate`);
    assert.equal(activated.status, 200, JSON.stringify(activated.body));
    await eventually('all issues have arrived', async () => {
      const { body } = await sallyport.call('GET', `/connections/${id}/issues?limit=1`);
      return (body as { total?: number }).total === 2000 ? true : null;
    });
    looking = false;
    await watch;
    assert.ok(dialled > 0, 'the connector was never seen dialling: the test looked at nothing');
    assert.ok(answered > 0, 'the web tier was never seen answering: the test looked at nothing');
  });

  const withoutNamespace =
    spawnSync('unshare', ['-n', 'true']).status === 0 ? false : 'needs the right to make a network namespace';
  it(
    'let the web tier serve from a passed socket in a network namespace that leads nowhere',
    { skip: withoutNamespace },
    async () => {
      const holder = createServer();
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      const { port } = holder.address() as AddressInfo;
      const { fd } = (holder as unknown as { _handle: { fd: number } })._handle;
      const program = new URL('../../programs/web/src/main.ts', import.meta.url).pathname;
      // As systemd does: the shell's process id is kept through both programs.
      const command = 'LISTEN_PID=$$ exec unshare -n "$0" --disable-warning=ExperimentalWarning "$1"';
      const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', fd, 'ipc'];
      const child = spawn('sh', ['-c', command, process.execPath, program], {
        env: { ...process.env, SALLYPORT_DATA: sallyport.dataDirectory, SALLYPORT_PORT: '0', LISTEN_FDS: '1' },
        stdio,
      });
      holder.close();
      try {
        await new Promise<void>((resolve, reject) => {
          child.on('message', (message: { ready?: object; failed?: { message: string } }) => {
            if (message.ready) resolve();
            if (message.failed) reject(new Error(message.failed.message));
          });
          child.once('exit', () => reject(new Error('the web tier ended')));
        });
        const answer = await callApi(`https://localhost:${port}/readyz`, 'GET', null);
        assert.equal(answer.status, 200);
      } finally {
        child.kill('SIGTERM');
      }
    },
  );
});
