/** The Debian packages of the scanners: there, or installed where that is allowed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { nmapProgram } from './nmap.ts';
import { sslscanProgram } from './sslscan.ts';
import { testsslProgram } from './testssl.ts';

const packages = [
  { name: 'testssl.sh', program: testsslProgram },
  { name: 'sslscan', program: sslscanProgram },
  { name: 'nmap', program: nmapProgram },
];

/** Null when all are there now; otherwise what is missing and why it was not installed. */
export function installScanners(): string | null {
  const missing = packages.filter(({ program }) => !existsSync(program)).map(({ name }) => name);
  if (missing.length === 0) return null;
  if (process.env.SALLYPORT_NO_APT === '1') return `missing (SALLYPORT_NO_APT=1): ${missing.join(', ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return `missing, and only root can install them: apt-get install ${missing.join(' ')}`;
  console.log(`[set-up] installing with apt: ${missing.join(', ')}`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] };
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { ...options, env: environment });
  const install = ['install', '-y', '-q', '--no-install-recommends', ...missing];
  spawnSync('apt-get', install, { ...options, env: environment });
  const still = packages.filter(({ program }) => !existsSync(program)).map(({ name }) => name);
  return still.length === 0 ? null : `apt-get did not install: ${still.join(', ')}`;
}
