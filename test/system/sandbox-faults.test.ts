import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sandboxFaults } from '@sallyport/console-api/sandbox-faults';
import { checkOnce, readAnchors, type CheckDocument } from '@sallyport/tls-dialer';
import { tls12Six } from '@sallyport/tls-policy';
import { RunningSandbox } from './running-sandbox.ts';

type Seen = readonly [verdict: string, what: string | undefined];

/** What a check with our RSA wildcard certificate sees. */
const enforcerFaults: Readonly<Record<string, Seen>> = {
  expired: ['refused', 'X509_EXPIRED'],
  'not-yet-valid': ['refused', 'X509_NOT_YET_VALID'],
  'wrong-name': ['refused', 'X509_NAME_MISMATCH'],
  'common-name-only': ['refused', 'X509_NAME_NO_ALTERNATIVE_NAMES'],
  'wildcard-too-deep': ['refused', 'X509_NAME_MISMATCH'],
  'incomplete-chain': ['refused', 'X509_ISSUER_NOT_FOUND'],
  'self-signed': ['refused', 'X509_SELF_ISSUED_NOT_TRUSTED'],
  'private-authority': ['refused', 'X509_ISSUER_NOT_FOUND'],
  sha1: ['refused', 'X509_SIGNATURE_SHA1'],
  'rsa-1024': ['refused', 'X509_KEY_RSA_TOO_SMALL'],
  'no-server-auth': ['refused', 'X509_EXTENDED_KEY_USAGE_UNFIT'],
  'dh-1024': ['none', 'weak-dh'],
  'tls13-only': ['none', 'protocol-version'],
  'tls11-only': ['none', 'no-common-suite'],
  'no-common-suite': ['none', 'no-common-suite'],
  renegotiation: ['accepted', 'client-certificate-by-renegotiation'],
  'refuses-us': ['accepted', 'client-certificate-refused'],
  'client-none': ['accepted', 'client-certificate-required'],
  'client-expired': ['accepted', 'client-certificate-refused'],
  'client-not-yet-valid': ['accepted', 'client-certificate-refused'],
  'client-missing-intermediate': ['accepted', 'client-certificate-refused'],
  'client-server-auth-only': ['accepted', 'client-certificate-refused'],
  'client-revoked': ['accepted', 'client-certificate-refused'],
  'client-key-refused': ['accepted', 'client-certificate-required'],
  // Ours is the one that is listed.
  'client-renewed-refused': ['accepted', undefined],
};

describe("the sandbox's faults", () => {
  const sandbox = new RunningSandbox();
  before(() => sandbox.start({ SALLYPORT_SANDBOX_ISSUES: '10' }));
  after(() => sandbox.remove());

  function check(renewed = false): Promise<CheckDocument> {
    const { published } = sandbox;
    const anchors = readAnchors(published.anchorsPem);
    assert.ok(anchors.ok);
    const ours = published.clientCertificates.find((candidate) => candidate.renewed === renewed);
    return checkOnce({
      target: {
        host: 'localhost',
        port: Number(new URL(published.baseUrl).port),
        connectTo: null,
        policy: tls12Six,
        anchors: anchors.anchors,
        allowPrivate: true,
        revocation: 'soft',
        clientCertificate: ours ?? null,
        at: null,
        deadlineMilliseconds: 10_000,
      },
      path: '/jira/status',
    });
  }

  it('has a case here for each fault of the server and of the client certificate', () => {
    const expected = sandboxFaults.filter(({ group }) => group === 'server' || group === 'client-certificate');
    const byRevocation = ['revoked-by-crl', 'revoked-by-ocsp'];
    assert.deepEqual(
      new Set([...Object.keys(enforcerFaults), ...byRevocation]),
      new Set(expected.map(({ name }) => name)),
    );
  });

  for (const [fault, seen] of Object.entries(enforcerFaults))
    it(`shows ${fault}, and is well again when it is off`, async () => {
      await sandbox.withFault(fault, async () => assert.deepEqual(decisive(await check()), seen));
      assert.deepEqual(decisive(await check()), ['accepted', undefined]);
    });

  it('refuses a renewed certificate only while the enforcer lists the first ones', async () => {
    const refused: Seen = ['accepted', 'client-certificate-refused'];
    await sandbox.withFault('client-renewed-refused', async () =>
      assert.deepEqual(decisive(await check(true)), refused),
    );
    assert.deepEqual(decisive(await check(true)), ['accepted', undefined]);
  });

  it('lists the revoked server certificate in the CRL only while the fault is on', async () => {
    const list = async (): Promise<number> => {
      const bytes = await (await fetch(`${sandbox.published.controlUrl}/crl/ecdsaIssuer.crl`)).arrayBuffer();
      return bytes.byteLength;
    };
    const usual = await list();
    await sandbox.withFault('revoked-by-crl', async () => assert.ok((await list()) > usual + 30));
    assert.ok(Math.abs((await list()) - usual) < 10);
  });

  it('spoils CRLs in the way that is switched on', async () => {
    const ask = (): Promise<Response> =>
      fetch(`${sandbox.published.controlUrl}/crl/rsaIssuer.crl`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(5_000),
      });
    const right = Buffer.from(await (await ask()).arrayBuffer());
    const during = async (fault: string): Promise<Response> => {
      let answer: Response | null = null;
      await sandbox.withFault(fault, async () => {
        answer = await ask();
      });
      assert.ok(answer !== null);
      return answer;
    };
    assert.equal((await during('source-404')).status, 404);
    assert.equal((await during('source-html')).headers.get('content-type'), 'text/html');
    assert.equal((await during('source-try-later')).status, 503);
    assert.match((await during('source-redirect-private')).headers.get('location') ?? '', /^http:\/\/169\.254\./);
    assert.match((await during('source-redirect-file')).headers.get('location') ?? '', /^file:/);
    assert.match((await during('source-redirect-loop')).headers.get('location') ?? '', /turn=1$/);
    assert.equal((await (await during('source-empty')).arrayBuffer()).byteLength, 0);
    for (const fault of [
      'source-bad-signature',
      'source-wrong-signer',
      'source-stale',
      'source-future',
      'source-malformed',
    ])
      assert.ok(!right.equals(Buffer.from(await (await during(fault)).arrayBuffer())), fault);
    for (const fault of ['source-unknown', 'source-nonce-mismatch', 'source-unauthorised-responder'])
      assert.equal((await during(fault)).status, 404, `${fault}: the CRL does not speak in the place of OCSP`);
    await assert.rejects(during('source-down'));
    await assert.rejects(during('source-truncated').then((answer) => answer.arrayBuffer()));
  });
});

function decisive({ verdict, checks, clientCertificate, error }: CheckDocument): Seen {
  if (verdict === 'none') return [verdict, error?.code];
  if (verdict === 'refused') return [verdict, Object.values(checks).find(({ status }) => status === 'fail')?.code];
  const { code } = clientCertificate.evidence;
  return [verdict, typeof code === 'string' ? code : undefined];
}
