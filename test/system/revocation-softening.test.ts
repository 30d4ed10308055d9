import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dial, type DialTarget, type RevocationData } from '@sallyport/tls-dialer';
import { serialOf } from '../../sandbox/src/demo-pki/certificate.ts';
import { issueRevocationList } from '../../sandbox/src/demo-pki/revocation-list.ts';
import { Authority, startTlsServer, targetAt } from './far-side.ts';

const hour = 3_600_000;
const authority = new Authority();
const server = authority.server();
const name = { authority: 'CN=Test Root,O=SANDBOX Demo Trust (not a real CA),C=XX' };

describe('a dial to a far side whose authority is silent', () => {
  /** One dial under the hard rule. */
  const dialed = async (members: Partial<DialTarget>) => {
    const running = await startTlsServer({ cert: server.certificatePem, key: server.keyPem });
    const outcome = await dial(targetAt(running.port, authority, { revocation: 'hard', ...members }));
    if (outcome.verdict === 'accepted') outcome.socket.destroy();
    await running.close();
    return outcome;
  };
  const holding = (crl: Uint8Array): RevocationData => ({
    held: () => ({ crls: [crl], ocspResponses: [] }),
    worthFetching: () => false,
    failures: () => [],
    fetch: async () => ({ sources: [] }),
  });

  it('is refused without an emergency softening, and by one of another authority or of yesterday', async () => {
    assert.equal((await dialed({})).verdict, 'refused');
    const other = [{ authority: 'CN=Other', until: Date.now() + hour }];
    assert.equal((await dialed({ revocationRules: { softened: other } })).verdict, 'refused');
    const over = [{ ...name, until: Date.now() - 1 }];
    assert.equal((await dialed({ revocationRules: { softened: over } })).verdict, 'refused');
  });

  it('is accepted under one, still unknown, and the report says by what', async () => {
    const until = Date.now() + hour;
    const { verdict, evidence } = await dialed({ revocationRules: { softened: [{ ...name, until }] } });
    assert.equal(verdict, 'accepted');
    const { status, message, evidence: seen } = evidence.report.checks.revocation;
    assert.equal(status, 'unknown');
    assert.equal(seen.softened, `${name.authority} until ${new Date(until).toISOString()}`);
    assert.match(message, /emergency softening/);
  });

  it('is refused all the same where the certificate is revoked', async () => {
    const crl = issueRevocationList(
      { commonName: 'Test Root', keyPem: authority.root.keyPem, chainPem: '', pointers: null },
      [{ serial: serialOf(server.certificatePem), at: Date.now() - hour, reason: 1 }],
      Date.now() - 1_000,
    );
    const outcome = await dialed({
      revocationData: holding(crl),
      revocationRules: { softened: [{ ...name, until: Date.now() + hour }] },
    });
    assert.equal(outcome.verdict, 'refused');
    assert.equal(outcome.evidence.report.checks.revocation.code, 'X509_REVOCATION_REVOKED');
  });
});
