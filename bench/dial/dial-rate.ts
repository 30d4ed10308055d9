/**
 * A judged dial against what cannot be less: `tls.connect`. Both against the same nginx, with the same client certificate
 * and a context that is kept, no session resumed; the judged one under hard revocation, from a warm folder.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createSecureContext } from 'node:tls';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import { secureContextOptions, tls12Six } from '@sallyport/tls-policy';
import { dial, readAnchors, type DialTarget } from '@sallyport/tls-dialer';
import { startSourceServer } from '../../test/faults/authority/source-server.ts';
import { faultHost, FaultWorld } from '../../test/faults/authority/world.ts';
import { nginx } from '../../test/faults/far-sides/nginx.ts';
import type { Site } from '../../test/faults/far-sides/site.ts';
import { median, type Figure } from '../x509/measure.ts';

/** Dials of one kind before the other has its turn: few, so that a busy moment meets both. */
const turn = 10;
const rounds = 40;
const warmingRounds = 5;
/** Dials at the same time where a whole process is measured. */
const atOnce = 8;
const rateDials = 800;
const rateRuns = 5;

/** Null where nginx is not installed. */
export async function dialFigures(): Promise<readonly Figure[] | null> {
  if (nginx.program() === null) return null;
  const sources = await startSourceServer();
  const world = new FaultWorld(sources.url, Date.now());
  sources.open(world);
  const origin = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const site: Site = {
    identity: world.server(),
    asks: 'required',
    clientAnchors: world.certificateOf('root'),
    clientRevocation: null,
    version: 'TLSv1.2',
    suites: 'usual',
    clientSignatures: 'any',
    staple: null,
  };
  const running = await nginx.start([site], (origin.address() as AddressInfo).port);
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    const { port } = running.farSideOf(site);
    const client = world.client();
    const anchors = readAnchors(world.certificateOf('root'));
    if (!anchors.ok) throw new Error(anchors.message);
    const revocation = openRevocationFolder({ folder: join(folder, 'held'), lock: lockFiles(join(folder, 'locks')) });
    const target: DialTarget = {
      host: faultHost,
      port,
      connectTo: { host: '127.0.0.1', port },
      policy: tls12Six,
      anchors: anchors.anchors,
      allowPrivate: true,
      revocation: 'hard',
      revocationData: revocation.forConnection({ proxy: null, allowPrivate: true }),
      clientCertificate: { certificatePem: client.chainPem, keyPem: client.keyPem },
      at: null,
      deadlineMilliseconds: 15_000,
    };
    const judged = async (): Promise<void> => {
      const outcome = await dial(target);
      if (outcome.verdict !== 'accepted') throw outcome.error;
      outcome.socket.destroy();
    };
    const { minDHSize, ...options } = secureContextOptions(tls12Six);
    const secureContext = createSecureContext({
      ...options,
      ca: world.certificateOf('root'),
      cert: client.chainPem,
      key: client.keyPem,
    });
    const plain = async (): Promise<void> => {
      const socket = connect({ host: '127.0.0.1', port, servername: faultHost, secureContext, minDHSize });
      await once(socket, 'secureConnect');
      if (!socket.authorized) throw new Error('the plain connection was not authorized');
      socket.destroy();
    };
    return [...(await ratio(judged, plain)), ...(await rates(judged, plain))];
  } finally {
    await running.end();
    origin.close();
    await sources.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ratio(judged: () => Promise<void>, plain: () => Promise<void>): Promise<readonly Figure[]> {
  const times = { judged: [] as number[], plain: [] as number[] };
  for (let round = 1 - warmingRounds; round <= rounds; round++) {
    for (const [name, one] of [
      ['judged', judged],
      ['plain', plain],
    ] as const) {
      const start = performance.now();
      for (let count = 0; count < turn; count++) await one();
      if (round > 0) times[name].push((performance.now() - start) / turn);
    }
  }
  const [judgedTime, plainTime] = [median(times.judged), median(times.plain)];
  return [
    { name: 'dial-ratio', ratio: round(judgedTime / plainTime), runs: rounds },
    { name: 'dial-milliseconds', milliseconds: round(judgedTime), runs: rounds },
    { name: 'plain-milliseconds', milliseconds: round(plainTime), runs: rounds },
  ];
}

/** What one process does in a second when it has always something to do; both kinds in turn. */
async function rates(judged: () => Promise<void>, plain: () => Promise<void>): Promise<readonly Figure[]> {
  const seen = { judged: [] as number[], plain: [] as number[] };
  for (let run = 0; run < rateRuns; run++) {
    for (const [name, one] of [
      ['judged', judged],
      ['plain', plain],
    ] as const) {
      let left = rateDials;
      const worker = async (): Promise<void> => {
        for (; left > 0; left--) await one();
      };
      const start = performance.now();
      await Promise.all(Array.from({ length: atOnce }, worker));
      seen[name].push((rateDials * 1000) / (performance.now() - start));
    }
  }
  return [
    { name: 'dials-per-second', opsPerSecond: Math.round(median(seen.judged)), runs: rateRuns },
    { name: 'plain-per-second', opsPerSecond: Math.round(median(seen.plain)), runs: rateRuns },
  ];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
