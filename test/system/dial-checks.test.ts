/** The five checks are made before anything of ours leaves. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dial } from '@sallyport/tls-dialer';
import type { DialTarget } from '@sallyport/tls-dialer';
import { readPem, utcInstant, writePem } from '@sallyport/x509';
import type { CheckName } from '@sallyport/tls-policy';
import { Authority, clientCertificate, startTlsServer, startWire, targetAt } from './far-side.ts';
import { assertNothingLeft } from './nothing-sent.ts';
import { recordsOf, recordTypes } from './tls-records.ts';

const authority = new Authority();
const identity = authority.server();
const ours = clientCertificate(authority.client());
const asksForCertificate = {
  cert: identity.certificatePem,
  key: identity.keyPem,
  ca: authority.root.certificatePem,
  requestCert: true,
  rejectUnauthorized: false,
  maxVersion: 'TLSv1.2',
} as const;

describe('the five checks before anything leaves', () => {
  const stranger = new Authority('Stranger');
  const cases: readonly {
    check: CheckName;
    sentence: string;
    server: () => { certificatePem: string; keyPem: string };
    changes?: Partial<DialTarget>;
    alert: number;
  }[] = [
    {
      check: 'validity',
      sentence: 'an expired certificate',
      server: () => authority.server({ from: -30, until: -1 }),
      alert: 45,
    },
    {
      check: 'validity',
      sentence: 'a certificate of tomorrow',
      server: () => authority.server({ from: 1, until: 30 }),
      alert: 42,
    },
    { check: 'trust', sentence: 'an authority that is not trusted', server: () => stranger.server(), alert: 48 },
    {
      check: 'trust',
      sentence: 'a certificate for clients',
      server: () => authority.client({ names: ['localhost'] }),
      alert: 46,
    },
    {
      check: 'signature',
      sentence: 'a signature that does not verify',
      server: () => withBrokenSignature(authority.server()),
      alert: 42,
    },
    {
      check: 'name',
      sentence: 'another name',
      server: () => authority.server({ names: ['other.example'] }),
      alert: 42,
    },
    {
      check: 'revocation',
      sentence: 'no revocation data where the policy is hard',
      server: () => authority.server(),
      changes: { revocation: 'hard' },
      alert: 46,
    },
  ];
  for (const { check, sentence, server: make, changes, alert } of cases)
    it(`refuses ${sentence} (${check}), says so with alert ${alert}, and sends neither certificate nor request`, async () => {
      const made = make();
      const server = await startTlsServer({ ...asksForCertificate, cert: made.certificatePem, key: made.keyPem });
      const wire = await startWire(server.port, (flight) => ({ pieces: [flight], then: 'join' }));
      const outcome = await dial(targetAt(wire.port, authority, { clientCertificate: ours, ...changes }));
      await poll(() => recordTypes(wire.sent()[0] ?? Buffer.alloc(0)).length >= 2);
      const [sent = Buffer.alloc(0)] = wire.sent();
      assert.equal(outcome.verdict, 'refused');
      assert.equal(outcome.evidence.report.verdict, 'refused');
      assert.equal(outcome.evidence.report.checks[check].status, check === 'revocation' ? 'unknown' : 'fail');
      assert.equal(outcome.evidence.clientCertificate.requested, true);
      assert.equal(outcome.evidence.clientCertificate.sent, false);
      assertNothingLeft(sent, sentence);
      assert.deepEqual(recordsOf(sent)[1]?.payload, Buffer.from([2, alert]));
      assert.deepEqual(server.clients, []);
      assert.deepEqual(server.requests, []);
      await wire.close();
      await server.close();
    });

  it('judges every check as of the instant that it is given', async () => {
    const server = await startTlsServer(asksForCertificate);
    const at = utcInstant(Date.now() + 100 * 86_400_000);
    const outcome = await dial(targetAt(server.port, authority, { at }));
    assert.equal(outcome.verdict, 'refused');
    assert.equal(outcome.evidence.report.checks.validity.code, 'X509_EXPIRED');
    await server.close();
  });
});

/** The same certificate with the last bit of its signature turned. */
function withBrokenSignature(made: { certificatePem: string; keyPem: string }): {
  certificatePem: string;
  keyPem: string;
} {
  const der = Buffer.from(readPem(made.certificatePem)[0]?.der ?? []);
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  return { ...made, certificatePem: writePem('CERTIFICATE', der) };
}

async function poll(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'the condition did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
