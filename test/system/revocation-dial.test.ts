/** Dials with hard revocation against sources that fail in every way there is: nothing fails open, and each is told as what it is. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { dial, readAnchors } from '@sallyport/tls-dialer';
import type { DialOutcome, DialTarget, RevocationData } from '@sallyport/tls-dialer';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import { tls12Six } from '@sallyport/tls-policy';
import type { Identity, SourceFault } from '@sallyport/sandbox';
import { startSourceServer } from '../faults/authority/source-server.ts';
import type { SourceServer } from '../faults/authority/source-server.ts';
import { faultHost, FaultWorld } from '../faults/authority/world.ts';
import type { Wish } from '../faults/authority/world.ts';
import { startTlsServer } from './far-side.ts';

let sources: SourceServer;
let world: FaultWorld;
const folders: string[] = [];

before(async () => {
  sources = await startSourceServer();
  world = new FaultWorld(sources.url, Date.now());
  sources.open(world);
});
after(async () => {
  await sources.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Fresh data of a host that has never fetched. */
function freshData(sourceMilliseconds = 800): RevocationData {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-revocation-'));
  folders.push(folder);
  return openRevocationFolder({
    folder,
    lock: lockFiles(join(folder, 'locks')),
    limits: { sourceMilliseconds },
  }).forConnection({ proxy: null, allowPrivate: true });
}

async function dialServer(identity: Identity, changes: Partial<DialTarget>): Promise<DialOutcome> {
  const server = await startTlsServer({ cert: identity.chainPem, key: identity.keyPem, maxVersion: 'TLSv1.2' });
  try {
    const anchors = readAnchors(world.certificateOf('root'));
    assert.ok(anchors.ok);
    const outcome = await dial({
      host: faultHost,
      port: server.port,
      connectTo: { host: '127.0.0.1', port: server.port },
      policy: tls12Six,
      anchors: anchors.anchors,
      allowPrivate: true,
      revocation: 'hard',
      clientCertificate: null,
      at: null,
      deadlineMilliseconds: 15_000,
      ...changes,
    });
    if (outcome.verdict === 'accepted') outcome.socket.destroy();
    return outcome;
  } finally {
    await server.close();
  }
}

const dialWish = (wish: Wish, changes: Partial<DialTarget>): Promise<DialOutcome> =>
  dialServer(world.server(wish), changes);

/** Every way in which a source can fail, and the code under which it is told, of a CRL and of an OCSP responder. */
const faults: readonly (readonly [SourceFault, string, string])[] = [
  ['source-down', 'source-down', 'source-down'],
  ['source-slow', 'source-timeout', 'source-timeout'],
  ['source-dripping', 'source-timeout', 'source-timeout'],
  ['source-404', 'source-http-status', 'source-http-status'],
  ['source-html', 'source-not-der', 'source-not-der'],
  ['source-wrong-signer', 'crl-wrong-signer', 'ocsp-wrong-signer'],
  ['source-unauthorised-responder', '', 'ocsp-responder-not-authorised'],
  ['source-bad-signature', 'crl-wrong-signer', 'ocsp-bad-signature'],
  ['source-stale', 'crl-stale', 'ocsp-stale'],
  ['source-future', 'crl-future', 'ocsp-future'],
  ['source-unknown', '', 'ocsp-unknown-certificate'],
  ['source-other-certificate', '', 'ocsp-other-certificate'],
  ['source-malformed', 'crl-malformed', 'ocsp-malformed'],
  ['source-empty', 'source-empty', 'source-empty'],
  ['source-truncated', 'source-cut-off', 'source-cut-off'],
  // 100 MB do not come in the time that a source has here; 64 KB do.
  // A quick machine meets the limit of size first, a slow one that of time.
  ['source-endless', 'source-timeout or source-too-large', 'source-too-large'],
  ['source-redirect-loop', 'source-too-many-redirects', 'source-too-many-redirects'],
  ['source-redirect-private', 'source-redirect-forbidden', 'source-redirect-forbidden'],
  ['source-redirect-file', 'source-redirect-forbidden', 'source-redirect-forbidden'],
  ['source-nonce-mismatch', '', 'ocsp-nonce-mismatch'],
  ['source-try-later', '', 'ocsp-try-later'],
];

describe('a dial with hard revocation and nothing held', () => {
  it('accepts what a CRL does not list and what a responder calls good, and says which source answered', async () => {
    for (const pointers of [
      { crl: 'healthy', ocsp: null },
      { crl: null, ocsp: 'healthy' },
      { crl: 'source-404', ocsp: 'healthy' },
    ] as const) {
      const outcome = await dialWish({ pointers }, { revocationData: freshData() });
      assert.equal(outcome.verdict, 'accepted', JSON.stringify(outcome.evidence.error));
      const [leaf, issuing] = outcome.evidence.revocation ?? [];
      assert.deepEqual([leaf?.kind, leaf?.from], [pointers.crl === 'healthy' ? 'crl' : 'ocsp', 'held']);
      assert.match(leaf?.url ?? '', /^http:\/\/127\.0\.0\.1:\d+\/healthy\//);
      assert.match(leaf?.sha256 ?? '', /^[0-9a-f]{64}$/);
      assert.equal(issuing?.kind, 'crl');
      assert.ok((outcome.evidence.fetched ?? []).length >= 2);
      assert.equal(outcome.evidence.repeated, undefined);
    }
  });
  it('refuses what a CRL lists and what a responder calls revoked, with the alert that says so', async () => {
    for (const pointers of [
      { crl: 'healthy', ocsp: null },
      { crl: null, ocsp: 'healthy' },
    ] as const)
      for (const revocation of ['hard', 'soft'] as const) {
        const outcome = await dialWish({ pointers, revoked: true }, { revocation, revocationData: freshData() });
        assert.equal(outcome.verdict, 'refused');
        assert.equal(outcome.evidence.report.checks.revocation.status, 'fail');
        assert.equal(outcome.evidence.clientCertificate.sent, false);
      }
  });
  for (const kind of ['crl', 'ocsp'] as const)
    it(`refuses for each fault of a source of the kind ${kind}, and names it`, async () => {
      await Promise.all(
        faults.map(async ([fault, crlCode, ocspCode]) => {
          const code = kind === 'crl' ? crlCode : ocspCode;
          // A CRL has no responder, nonce or certificate that it could be wrong about.
          if (code === '') return;
          const pointers = { crl: kind === 'crl' ? fault : null, ocsp: kind === 'ocsp' ? fault : null };
          const outcome = await dialWish({ pointers }, { revocationData: freshData(3_000) });
          const { revocation } = outcome.evidence.report.checks;
          assert.equal(outcome.verdict, 'refused', `${fault}: ${JSON.stringify(outcome.evidence.error)}`);
          assert.equal(revocation.status, 'unknown', fault);
          const named = String(revocation.evidence['sourceCode']);
          assert.ok(code.split(' or ').includes(named), `${fault}: ${named}, ${revocation.message}`);
          assert.notEqual(revocation.actor, null, fault);
        }),
      );
    });
  it('refuses without asking anybody a certificate that names no source, and one that is refused for another reason', async () => {
    const data = freshData();
    const asked = sources.asked.length;
    const nowhere = await dialWish({ pointers: { crl: null, ocsp: null } }, { revocationData: data });
    assert.equal(nowhere.verdict, 'refused');
    assert.equal(nowhere.evidence.report.checks.revocation.code, 'X509_REVOCATION_NO_SOURCE');
    // The issuing authority names one, so that is asked; the leaf's own is none.
    assert.ok(sources.asked.slice(asked).every((line) => line.endsWith('/crl/root')));
    const fresh = freshData();
    const before = sources.asked.length;
    const expired = await dialWish({ from: -60, until: -1 }, { revocationData: fresh });
    assert.equal(expired.evidence.report.checks.validity.status, 'fail');
    assert.equal(sources.asked.length, before, 'nobody was asked about an expired certificate');
  });
  it('passes with soft revocation what nobody can tell, and shows it as unknown', async () => {
    const outcome = await dialWish(
      { pointers: { crl: 'source-404', ocsp: null } },
      { revocation: 'soft', revocationData: freshData() },
    );
    assert.equal(outcome.verdict, 'accepted');
    assert.equal(outcome.evidence.report.checks.revocation.status, 'unknown');
    assert.equal(outcome.evidence.report.checks.revocation.evidence['sourceCode'], 'source-http-status');
  });
  it('is ended after two seconds where a source is slow, and repeated once with the full judgement', async () => {
    const outcome = await dialWish(
      { pointers: { crl: 'source-slow', ocsp: null } },
      { revocationData: freshData(2_600) },
    );
    assert.equal(outcome.verdict, 'refused');
    assert.equal(outcome.evidence.repeated, true);
    assert.ok(outcome.evidence.fetched?.some(({ code }) => code === 'source-timeout'));
  });
  it('is not told as a slow handshake of the far side where its own deadline passes while it is held', async () => {
    const outcome = await dialWish(
      { pointers: { crl: 'source-slow', ocsp: null } },
      { revocationData: freshData(2_000), deadlineMilliseconds: 1_200 },
    );
    assert.equal(outcome.verdict, 'refused', JSON.stringify(outcome.evidence.error));
    assert.equal(outcome.evidence.repeated, true);
  });
  it('asks a responder where the list that it holds does not decide', async () => {
    const data = freshData();
    const both = { crl: 'source-stale', ocsp: 'healthy' } as const;
    const outcome = await dialWish({ pointers: both }, { revocationData: data });
    assert.deepEqual([outcome.verdict, outcome.evidence.revocation?.[0]?.kind], ['accepted', 'ocsp']);
    assert.deepEqual(
      outcome.evidence.fetched?.map(({ kind, code }) => `${kind} ${code}`).filter((told) => told !== 'crl ok'),
      ['crl crl-stale', 'ocsp ok'],
    );
  });
  it('looks again where another process of the host has got what was missing in the same moment', async () => {
    const data = freshData();
    const identity = world.server();
    assert.equal((await dialServer(identity, { revocationData: data })).verdict, 'accepted');
    let looks = 0;
    const late: RevocationData = {
      held: (certificates, at) => (looks++ === 0 ? { crls: [], ocspResponses: [] } : data.held(certificates, at)),
      worthFetching: (certificates, at) => data.worthFetching(certificates, at),
      failures: (certificates) => data.failures(certificates),
      fetch: () => Promise.reject(new Error('nothing is to be fetched')),
    };
    assert.equal((await dialServer(identity, { revocationData: late })).verdict, 'accepted');
  });
  it('asks nobody again once it has fetched, nor a source that failed a moment ago', async () => {
    const data = freshData();
    const identity = world.server();
    assert.equal((await dialServer(identity, { revocationData: data })).verdict, 'accepted');
    const asked = sources.asked.length;
    const warm = await dialServer(identity, { revocationData: data });
    assert.equal(warm.verdict, 'accepted');
    assert.equal(warm.evidence.fetched, undefined);
    assert.equal(sources.asked.length, asked);
    const failing = world.server({ pointers: { crl: 'source-404', ocsp: null } });
    const other = freshData();
    await dialServer(failing, { revocationData: other });
    const before = sources.asked.length;
    const again = await dialServer(failing, { revocationData: other });
    assert.deepEqual([again.verdict, sources.asked.length], ['refused', before]);
    assert.equal(again.evidence.report.checks.revocation.evidence['sourceCode'], 'source-http-status');
  });
});

describe('a far side that does not wait while it is held', () => {
  it('has closed while held, and refused nothing of ours', async () => {
    const identity = world.server({ pointers: { crl: 'source-slow', ocsp: null } });
    const server = await startTlsServer({ cert: identity.chainPem, key: identity.keyPem, maxVersion: 'TLSv1.2' });
    // A load balancer that has enough as soon as the source was asked.
    const balancer = createServer((near) => {
      const far = connect(server.port, '127.0.0.1');
      near.on('error', () => undefined).pipe(far);
      far.on('error', () => undefined).pipe(near);
      const before = sources.asked.length;
      const look = setInterval(() => {
        if (sources.asked.length === before) return;
        clearInterval(look);
        near.destroy();
        far.destroy();
      }, 20);
    });
    balancer.listen(0, '127.0.0.1');
    await once(balancer, 'listening');
    const { port } = balancer.address() as AddressInfo;
    const anchors = readAnchors(world.certificateOf('root'));
    assert.ok(anchors.ok);
    try {
      const outcome = await dial({
        host: faultHost,
        port,
        connectTo: { host: '127.0.0.1', port },
        policy: tls12Six,
        anchors: anchors.anchors,
        allowPrivate: true,
        revocation: 'hard',
        revocationData: freshData(3_000),
        clientCertificate: null,
        at: null,
        deadlineMilliseconds: 15_000,
      });
      assert.ok(outcome.verdict !== 'accepted');
      assert.deepEqual(
        [outcome.verdict, outcome.error.code, outcome.error.actor],
        ['none', 'peer-closed-while-held', 'network-team'],
      );
      assert.equal(outcome.evidence.clientCertificate.sent, false);
    } finally {
      balancer.close();
      await server.close();
    }
  });
});
