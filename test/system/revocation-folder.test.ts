/** The folder of revocation data against a source that can be turned about: what is asked, what is kept, and what becomes of damage. */
import assert from 'node:assert/strict';
import { fork, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import type { RevocationFolder, RevocationFolderOptions } from '@sallyport/revocation-fetch';
import type { FetchedSource, RevocationData } from '@sallyport/tls-dialer';
import { judgeCertificateRevocation, readCertificate, utcInstant, validationPolicy } from '@sallyport/x509';
import type { Certificate, ReportEntry } from '@sallyport/x509';
import {
  crlNumber,
  distributionPoints,
  generalizedTime,
  issuingDistributionPoint,
  writeCrl,
} from '../../pure/x509/generate/crl-author.ts';
import { commonName, keyNamed, writeCertificate } from '../../pure/x509/vectors/certificate-author.ts';

const root = keyNamed('root');
const rootName = commonName('Root');
const issuer = readCertificate(writeCertificate({ subject: rootName, issuer: rootName, key: root, signer: root }));
const now = Date.parse('2026-06-10T00:00:00Z');
const hour = 3_600_000;
/** Serial number of the certificate author. */
const serial = Uint8Array.of(0x11, 0x22, 0x33);
const others = Array.from({ length: 2_000 }, (_, index) => ({ serial: Uint8Array.of(0x40, index >> 8, index & 255) }));

interface CrlWish {
  readonly revoked?: boolean;
  readonly thisUpdate?: string;
  readonly nextUpdate?: string;
  readonly number?: number;
}

function crl({ revoked = false, thisUpdate, nextUpdate, number = 10 }: CrlWish = {}): Buffer {
  return Buffer.from(
    writeCrl({
      issuer: rootName,
      signer: root,
      entries: revoked ? [...others, { serial }] : others,
      extensions: [crlNumber(number)],
      ...(thisUpdate === undefined ? {} : { thisUpdate: generalizedTime(thisUpdate) }),
      ...(nextUpdate === undefined ? {} : { nextUpdate: generalizedTime(nextUpdate) }),
    }),
  );
}

describe('a folder of revocation data', () => {
  const parent = mkdtempSync(join(tmpdir(), 'sallyport-folder-'));
  const requests: IncomingMessage[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  let server: Server;
  let url = '';
  let certificate: Certificate;
  let clock = now;
  let folder = '';
  let folders = 0;
  const opened: RevocationFolder[] = [];

  const serve = (bytes: Buffer, headers: Readonly<Record<string, string>> = {}): void => {
    answer = (_request, response) => response.writeHead(200, headers).end(bytes);
  };
  const open = (changes: Partial<RevocationFolderOptions> = {}): RevocationFolder => {
    const made = openRevocationFolder({
      folder,
      lock: lockFiles(join(folder, 'locks')),
      clock: () => clock,
      chance: () => 0.5,
      limits: { sourceMilliseconds: 5_000 },
      ...changes,
    });
    opened.push(made);
    return made;
  };
  const dataOf = (made: RevocationFolder): RevocationData => made.forConnection({ proxy: null, allowPrivate: true });
  const fetchOne = async (data: RevocationData): Promise<FetchedSource | undefined> =>
    (await data.fetch([certificate], [issuer], AbortSignal.timeout(20_000))).sources[0];
  const judge = (data: RevocationData): ReportEntry =>
    judgeCertificateRevocation({
      certificate,
      issuer,
      at: utcInstant(clock),
      policy: validationPolicy('rfc5280'),
      revocation: { mode: 'hard', ...data.held([certificate], utcInstant(clock)) },
    });
  const filesOf = (ending: string): string[] =>
    readdirSync(join(folder, 'crl'))
      .filter((name) => name.endsWith(ending))
      .map((name) => join(folder, 'crl', name));

  /** A process that fetches into the folder once, with so many bytes for a file. */
  const startFetcher = (fileBytes = ''): ChildProcess =>
    fork(new URL('revocation-fetcher.ts', import.meta.url).pathname, [folder, String(clock), fileBytes], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        ISSUER: Buffer.from(issuer.der).toString('base64'),
        CERTIFICATE: Buffer.from(certificate.der).toString('base64'),
      },
    });

  before(async () => {
    server = createServer((request, response) => {
      requests.push(request);
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ca.crl`;
    certificate = readCertificate(
      writeCertificate({
        subject: commonName('Server'),
        issuer: rootName,
        key: keyNamed('server'),
        signer: root,
        extensions: [distributionPoints({ uri: url })],
      }),
    );
  });
  beforeEach(() => {
    folder = join(parent, String(folders++));
    clock = now;
    requests.length = 0;
    serve(crl());
  });
  after(() => {
    for (const made of opened) made.close();
    server.closeAllConnections();
    server.close();
    rmSync(parent, { recursive: true, force: true });
  });

  it('answers from its files, also after a start, and shows what it holds', async () => {
    const served = crl();
    serve(served);
    const first = open();
    assert.equal((await fetchOne(dataOf(first)))?.code, 'ok');
    assert.equal(judge(dataOf(first)).outcome, 'pass');
    const started = open();
    assert.equal(judge(dataOf(started)).outcome, 'pass');
    const [holding] = started.holdings();
    assert.deepEqual(
      [holding?.kind, holding?.url, holding?.issuer, holding?.entries, holding?.bytes, holding?.lastError],
      ['crl', url, 'CN=Root', 2_000, served.length, null],
    );
    assert.deepEqual(await started.content(holding?.sha256 ?? ''), served);
    assert.equal(await started.content('00'), null);
    assert.equal(requests.length, 1);
  });
  it('sends no cookie, credential or referrer, and asks for nothing compressed', async () => {
    answer = (_request, response) => response.writeHead(200, { 'set-cookie': 'a=b' }).end(crl());
    const data = dataOf(open());
    await fetchOne(data);
    clock += 48 * hour;
    await fetchOne(data);
    assert.equal(requests.length, 2);
    for (const { headers } of requests) {
      assert.deepEqual(Object.keys(headers).sort(), ['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
      assert.equal(headers['accept-encoding'], 'identity');
    }
  });
  it('asks only whether anything has changed, by both validators, and keeps what it has where nothing did', async () => {
    const modified = 'Tue, 09 Jun 2026 00:00:00 GMT';
    serve(crl(), { etag: '"one"', 'last-modified': modified });
    const made = open();
    await fetchOne(dataOf(made));
    answer = (_request, response) => response.writeHead(304).end();
    clock += 4 * hour;
    assert.equal((await fetchOne(dataOf(made)))?.code, 'not-modified');
    assert.deepEqual(
      [requests[1]?.headers['if-none-match'], requests[1]?.headers['if-modified-since']],
      ['"one"', modified],
    );
    const [holding] = made.holdings();
    assert.deepEqual([holding?.fetchedAt, holding?.confirmedAt], [now, clock]);
    assert.equal(judge(dataOf(made)).outcome, 'pass');
    assert.equal(await fetchOne(dataOf(made)), undefined, 'not due again');
  });
  it('asks again ahead of nextUpdate and not before it is due, and takes the new list', async () => {
    const data = dataOf(open());
    await fetchOne(data);
    clock += hour;
    assert.equal(await fetchOne(data), undefined);
    serve(crl({ revoked: true, thisUpdate: '2026-06-10T01:00:00Z', number: 11 }));
    clock += 3 * hour;
    assert.equal((await fetchOne(data))?.code, 'ok');
    assert.equal(judge(data).outcome, 'fail');
    assert.deepEqual([filesOf('.crl').length, filesOf('.index').length], [1, 1], 'the old files are gone');
  });
  it('never exchanges a list for an older one, which somebody on the way may have kept', async () => {
    const data = dataOf(open());
    serve(crl({ revoked: true, thisUpdate: '2026-06-05T00:00:00Z', number: 11 }));
    await fetchOne(data);
    serve(crl());
    clock += 24 * hour;
    assert.equal((await fetchOne(data))?.code, 'crl-older-than-held');
    assert.equal(judge(data).outcome, 'fail');
  });
  it('keeps what holds while its source fails, and tells since when that is', async () => {
    const made = open();
    await fetchOne(dataOf(made));
    answer = (_request, response) => response.writeHead(503).end();
    clock += 24 * hour;
    const failed = clock;
    assert.equal((await fetchOne(dataOf(made)))?.code, 'source-http-status');
    assert.equal((await fetchOne(dataOf(made)))?.code, 'backing-off');
    clock += 15_000;
    await fetchOne(dataOf(made));
    const [holding] = made.holdings();
    assert.deepEqual([holding?.failingSince, holding?.lastError?.code], [failed, 'source-http-status']);
    assert.equal(judge(dataOf(made)).outcome, 'pass');
    assert.equal(dataOf(made).worthFetching([certificate], utcInstant(clock)), false);
    clock = Date.parse('2026-07-02T00:00:00Z');
    assert.deepEqual([judge(dataOf(made)).outcome, judge(dataOf(made)).code], ['unknown', 'X509_CRL_EXPIRED']);
  });

  it('does not keep those waiting who may dial a private address because somebody else may not', async () => {
    const made = open();
    const guarded = made.forConnection({ proxy: null, allowPrivate: false });
    assert.equal((await fetchOne(guarded))?.code, 'source-address-forbidden');
    assert.equal((await fetchOne(guarded))?.code, 'backing-off');
    assert.equal(dataOf(made).worthFetching([certificate], utcInstant(clock)), true);
    assert.equal((await fetchOne(dataOf(made)))?.code, 'ok');
    assert.equal(judge(guarded).outcome, 'pass');
  });

  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ['a bit was flipped', (path) => flip(path, 1_000)],
    ['the last byte was changed', (path) => flip(path, statSync(path).size - 1)],
    ['the end was cut off', (path) => truncateSync(path, statSync(path).size - 5)],
    ['everything was emptied', (path) => truncateSync(path, 0)],
    ['the file is gone', (path) => unlinkSync(path)],
    ['something was added', (path) => writeFileSync(path, 'x', { flag: 'a' })],
  ];
  for (const ending of ['.crl', '.index', '.json'])
    it(`notices damage to ${ending}, while it runs and after a start, answers nothing from it, and fetches it again`, async () => {
      for (const [about, damage] of damages)
        for (const restart of [false, true]) {
          folder = join(parent, String(folders++));
          serve(crl(), { etag: '"one"' });
          const running = open();
          await fetchOne(dataOf(running));
          assert.equal(judge(dataOf(running)).outcome, 'pass');
          damage(filesOf(ending)[0] ?? '');
          const made = restart ? open() : running;
          assert.equal(judge(dataOf(made)).outcome, 'unknown', `${ending}: ${about}`);
          assert.equal(dataOf(made).worthFetching([certificate], utcInstant(clock)), true, about);
          const before = requests.length;
          assert.equal((await fetchOne(dataOf(made)))?.code, 'ok', `${ending}: ${about}`);
          assert.equal(requests[before]?.headers['if-none-match'], undefined, 'asked for whole');
          assert.equal(judge(dataOf(made)).outcome, 'pass', about);
        }
    });
  it('takes nothing compressed, which could be small on the wire and endless in memory', async () => {
    serve(gzipSync(Buffer.alloc(1_000_000)), { 'content-encoding': 'gzip' });
    assert.equal((await fetchOne(dataOf(open())))?.code, 'source-encoded');
  });
  it('takes no more bytes than a list may have, whether their number is said or not', async () => {
    const small = { sourceMilliseconds: 5_000, crlBytes: 1_000 };
    assert.equal((await fetchOne(dataOf(open({ limits: small }))))?.code, 'source-too-large');
    folder = join(parent, String(folders++));
    answer = (_request, response) => {
      response.writeHead(200);
      response.write(crl());
    };
    assert.equal((await fetchOne(dataOf(open({ limits: small }))))?.code, 'source-too-large');
    assert.deepEqual([filesOf('.crl'), filesOf('.part')], [[], []]);
  });
  it('says that there is no room where nothing can be written, and uses nothing half-written', async (t) => {
    if (spawnSync('prlimit', ['--version']).status !== 0) return t.skip('prlimit is not installed');
    const made = open();
    await fetchOne(dataOf(made));
    serve(crl({ revoked: true, thisUpdate: '2026-06-10T01:00:00Z', number: 11 }));
    clock += 24 * hour;
    // Root writes everywhere, so the room ends instead.
    const child = startFetcher('4096');
    const [said] = (await once(child, 'message')) as [{ code: string; outcome: string }];
    child.disconnect();
    assert.deepEqual(said, { code: 'storage-full', outcome: 'pass' });
    assert.equal(judge(dataOf(made)).outcome, 'pass', 'what was there is used');
    assert.deepEqual(filesOf('.part'), []);
  });
  it('is used as it was where a process ended between two writes', async () => {
    const made = open();
    await fetchOne(dataOf(made));
    const [kept = ''] = filesOf('.crl');
    // What a fetch leaves that was killed: a part, and new files that no record names.
    writeFileSync(`${kept}.4711-0.part`, readFileSync(kept).subarray(0, 100));
    writeFileSync(kept.replace('.crl', '-new.index'), 'half');
    const started = open();
    assert.equal(judge(dataOf(started)).outcome, 'pass');
    assert.equal(requests.length, 1);
  });
  it('is used as it was where a process is killed in the midst of a download, and nobody waits for the dead', async () => {
    const made = open();
    await fetchOne(dataOf(made));
    const newer = crl({ revoked: true, thisUpdate: '2026-06-10T01:00:00Z', number: 11 });
    const half = Promise.withResolvers<void>();
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': newer.length });
      response.write(newer.subarray(0, newer.length / 2), () => half.resolve());
    };
    clock += 24 * hour;
    const child = startFetcher();
    await half.promise;
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(judge(dataOf(made)).outcome, 'pass', 'what was there is used');
    serve(newer);
    assert.equal((await fetchOne(dataOf(open())))?.code, 'ok');
    assert.equal(judge(dataOf(made)).outcome, 'fail', 'and then what came');
  });
  it('is for its owner alone', async () => {
    await fetchOne(dataOf(open()));
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }))
      assert.equal(statSync(join(file.parentPath, file.name)).mode & 0o077, 0, file.name);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });
  it('takes a list that was pushed, judged like a fetched one, and shows where it came from', async () => {
    const made = open();
    const push = (bytes: Buffer): Promise<FetchedSource> =>
      made.takePushedCrl('pushed', bytes, [issuer], AbortSignal.timeout(5_000));
    assert.equal((await push(crl({ revoked: true }))).code, 'ok');
    const entry = judge(dataOf(made));
    assert.deepEqual([entry.outcome, entry.evidence['origin']], ['fail', 'pushed']);
    assert.equal((await push(Buffer.from('no list'))).code, 'source-not-der');
    assert.equal(requests.length, 0);
  });
  it('uses a list of its issuer wherever it came from, but a part of one only where the certificate names it', async () => {
    const part = (uri: string, revoked: boolean): Buffer =>
      Buffer.from(
        writeCrl({
          issuer: rootName,
          signer: root,
          entries: revoked ? [{ serial }] : others,
          extensions: [crlNumber(10), issuingDistributionPoint({ uri })],
        }),
      );
    const made = open();
    const push = (bytes: Buffer): Promise<FetchedSource> =>
      made.takePushedCrl('pushed', bytes, [issuer], AbortSignal.timeout(5_000));
    assert.equal((await push(part('http://other.test/7.crl', true))).code, 'ok');
    assert.equal(dataOf(made).held([certificate], utcInstant(clock)).crls.length, 0);
    serve(part(url, false));
    assert.equal((await fetchOne(dataOf(made)))?.code, 'ok');
    assert.equal(judge(dataOf(made)).outcome, 'pass');
  });
  it('waits for nobody whose lock was left behind by a process that is gone', async () => {
    const made = open();
    const lock = lockFiles(join(folder, 'locks'));
    const name = 'crl-left';
    writeFileSync(join(folder, 'locks', `${name}.lock`), '999999999');
    chmodSync(join(folder, 'locks', `${name}.lock`), 0o600);
    assert.equal(await lock.hold(name, AbortSignal.timeout(5_000), () => Promise.resolve('mine')), 'mine');
    assert.equal((await fetchOne(dataOf(made)))?.code, 'ok');
  });
});

function flip(path: string, place: number): void {
  const bytes = readFileSync(path);
  const at = Math.min(place, bytes.length - 1);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
