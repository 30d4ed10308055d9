/** A CRL of a million entries: read, indexed and its signature checked; looked up; and the same by `openssl crl` as a process. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCertificate, readCrl, verifySignature } from '@sallyport/x509';
import type { Crl } from '@sallyport/x509';
import { largeCrlSerial, writeLargeCrl } from '../../pure/x509/generate/crl-author.ts';
import { writeCertificate } from '../../pure/x509/vectors/certificate-author.ts';
import { endEntitySpec, rootSpec } from '../../pure/x509/vectors/chain-author.ts';
import { keyNamed, commonName } from '../../pure/x509/vectors/certificate-author.ts';
import { median } from './measure.ts';
import type { Figure } from './measure.ts';

const entryCount = 1_000_000;
/** Serial numbers that are asked for, half of them listed. */
const askedCount = 4096;
const ecdsaSha256 = { name: 'ECDSA with SHA-256', keyKind: 'ec', hash: 'sha256', pss: false } as const;

export function largeCrlFigures(rounds: number): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-crl-'));
  const file = join(folder, 'large.crl');
  try {
    writeFileSync(file, writeLargeCrl(entryCount));
    const root = writeCertificate(rootSpec());
    writeFileSync(join(folder, 'root.der'), root);
    writeFileSync(
      join(folder, 'leaf.der'),
      writeCertificate(endEntitySpec({ issuer: commonName('Root'), signer: keyNamed('root') })),
    );
    return [...inProcess(file, root, rounds), ...asProcesses(folder, rounds)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inProcess(file: string, root: Uint8Array, rounds: number): readonly Figure[] {
  const der = readFileSync(file);
  const key = readCertificate(root).publicKey;
  const asked = Array.from({ length: askedCount }, (_, index) =>
    largeCrlSerial(index % 2 === 0 ? index * 200 : entryCount + index),
  );
  const indexed: number[] = [];
  const lookedUp: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    const crl: Crl = readCrl(der);
    if (verifySignature(ecdsaSha256, key, crl.tbs, crl.signature) !== 'valid')
      throw new Error('the CRL does not verify');
    const middle = performance.now();
    let found = 0;
    for (let repeat = 0; repeat < 50; repeat++)
      for (const serial of asked) if (crl.index.offsetOf(serial) !== 0) found++;
    const end = performance.now();
    if (found !== (50 * askedCount) / 2) throw new Error(`${found} serial numbers were found`);
    if (round === 0) continue;
    indexed.push(middle - start);
    lookedUp.push((50 * askedCount * 1000) / (end - middle));
    memory.push(memoryOf(der));
  }
  return [
    { name: 'crl-1m-index', milliseconds: round1(median(indexed)), runs: rounds },
    { name: 'crl-1m-lookup', opsPerSecond: Math.round(median(lookedUp)), runs: rounds },
    { name: 'crl-1m-memory', megabytes: round1(median(memory)), runs: rounds },
  ];
}

/** Megabytes that one indexed CRL keeps beside its bytes; in a function of its own, so that nothing of an earlier one is alive. */
function memoryOf(der: Uint8Array): number {
  const used = (): number => {
    globalThis.gc?.();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  const before = used();
  const crl = readCrl(der);
  const grown = used() - before;
  if (crl.find(largeCrlSerial(1)) === null) throw new Error('an entry was not found');
  return grown / 1e6;
}

/** Whole processes, start included; the memory is what the kernel counted at most, Node's own start (a figure of its own) included. */
function asProcesses(folder: string, rounds: number): readonly Figure[] {
  const ours = [process.execPath, stagedProcess(folder), folder];
  const bare = [process.execPath, '-e', '0'];
  const openssl = [
    'openssl',
    'crl',
    '-inform',
    'DER',
    '-in',
    join(folder, 'large.crl'),
    '-noout',
    '-CAfile',
    join(folder, 'root.pem'),
  ];
  writeFileSync(join(folder, 'root.pem'), pemOf(readFileSync(join(folder, 'root.der'))));
  // As the launcher does: stripped and compiled code is kept from run to run. The first round fills it and is not counted.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') };
  const names = ['crl-1m-process', 'crl-1m-openssl', 'node-start'] as const;
  const times = names.map((): number[] => []);
  const memories = names.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, command] of [ours, openssl, bare].entries()) {
      const start = performance.now();
      const ran = spawnSync(
        '/bin/sh',
        [
          '-c',
          '"$@" >/dev/null 2>&1 & wait_for=$!; peak=0; while kill -0 $wait_for 2>/dev/null; do now=$(sed -n "s/^VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p" /proc/$wait_for/status 2>/dev/null); [ -n "$now" ] && peak=$now; sleep 0.004; done; wait $wait_for; echo "$peak $?"',
          'sh',
          ...command,
        ],
        { encoding: 'utf8', env },
      );
      const [peak, status] = ran.stdout.trim().split(' ');
      if (status !== '0') return [];
      if (round === 0) continue;
      times[index]?.push(performance.now() - start);
      memories[index]?.push(Number(peak) / 1000);
    }
  }
  return names.flatMap((name, index) => [
    { name, milliseconds: round1(median(times[index] ?? [])), runs: rounds },
    { name: `${name}-memory`, megabytes: round1(median(memories[index] ?? [])), runs: rounds },
  ]);
}

/** The package as it is published, built JavaScript, and the process beside it as whoever installs the package would write it. */
function stagedProcess(folder: string): string {
  const main = join(folder, 'crl-process.mjs');
  const build = fileURLToPath(new URL('../../pure/x509/tools/build-package.mjs', import.meta.url));
  const ran = spawnSync(process.execPath, [build, 'stage', join(folder, 'node_modules/@sallyport/x509')]);
  if (ran.status !== 0) throw new Error(`the package cannot be built: ${ran.stderr.toString()}`);
  // It has no types, and so it is JavaScript.
  copyFileSync(new URL('crl-process.ts', import.meta.url), main);
  return main;
}

function pemOf(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
