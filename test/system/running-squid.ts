/** A real squid as a forward proxy on free loopback ports: without authentication, with it, and over TLS. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '@sallyport/sandbox';
import { startTcpServer } from './far-side.ts';

/** Null where squid, or its helper for Basic, is not installed. */
export const squid = ['/usr/sbin/squid', '/usr/bin/squid'].find((path) => spawnSync(path, ['-v']).status === 0) ?? null;
const basicHelper = '/usr/lib/squid/basic_ncsa_auth';

export interface RunningSquid {
  readonly open: number;
  readonly basic: number;
  readonly tls: number;
  /** Its access log so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/**
 * Allows CONNECT to `targets` only. `hosts` are names that only squid knows.
 * @param identity certificate and key of the port with TLS
 */
export async function startSquid(
  identity: Identity,
  targets: readonly number[],
  hosts: readonly string[],
  credential: { readonly user: string; readonly password: string },
): Promise<RunningSquid> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-squid-'));
  // As root it changes to its own user, which must get in.
  chmodSync(folder, 0o777);
  const file = (name: string): string => join(folder, name);
  const ports = await Promise.all([1, 2, 3].map(freePort));
  const [open = 0, basic = 0, tls = 0] = ports;
  writeFileSync(file('identity.pem'), identity.chainPem + identity.keyPem, { mode: 0o644 });
  const hash = spawnSync('openssl', ['passwd', '-apr1', credential.password]).stdout.toString().trim();
  writeFileSync(file('users'), `${credential.user}:${hash}\n`);
  writeFileSync(file('hosts'), hosts.map((name) => `127.0.0.1 ${name}\n`).join(''));
  const user = userInfo().username;
  writeFileSync(
    file('squid.conf'),
    `
http_port 127.0.0.1:${open} name=open
http_port 127.0.0.1:${basic} name=basic
https_port 127.0.0.1:${tls} name=tls tls-cert=${file('identity.pem')} options=NO_SSLv3,NO_TLSv1,NO_TLSv1_1,NO_TLSv1_3
auth_param basic program ${basicHelper} ${file('users')}
auth_param basic children 1
auth_param basic realm sallyport
acl via_basic myportname basic
acl known proxy_auth REQUIRED
acl allowed_port port ${[80, ...targets].join(' ')}
acl loop dst 127.0.0.0/8
http_access deny !allowed_port
http_access deny via_basic !known
http_access allow all
hosts_file ${file('hosts')}
dns_nameservers 127.0.0.1
dns_timeout 1 second
connect_timeout 2 seconds
pid_filename ${file('pid')}
access_log stdio:${file('access.log')} logformat=squid
cache_log ${file('cache.log')}
cache deny all
cache_mem 8 MB
coredump_dir ${folder}
visible_hostname proxy.example
shutdown_lifetime 0 seconds
${user === 'root' ? '' : `cache_effective_user ${user}\n`}`,
  );
  const child = spawn(squid ?? '', ['-N', '-n', `sallyport${open}`, '-f', file('squid.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    for (const port of ports) await answering(port, () => child.exitCode !== null);
  } catch {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`squid did not start: ${said}`);
  }
  return {
    open,
    basic,
    tls,
    log: () => readFileSync(file('access.log'), 'utf8'),
    stop: async () => {
      // Asked to end, it takes its shared memory with it.
      child.kill('SIGTERM');
      const last = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(last);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const { port, close } = await startTcpServer(() => undefined);
  await close();
  return port;
}

/** Resolves when the port takes a connection. */
async function answering(port: number, gone: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (gone()) throw new Error('gone');
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no answer');
}
