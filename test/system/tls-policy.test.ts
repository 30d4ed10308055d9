import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { connect } from 'node:tls';
import type { ConnectionOptions, TlsOptions } from 'node:tls';
import { dial } from '@sallyport/tls-dialer';
import { serverOptions, tls12Four, tls12Six } from '@sallyport/tls-policy';
import { Authority, clientCertificate, startTlsServer, targetAt } from './far-side.ts';
import type { RunningServer } from './far-side.ts';

const authority = new Authority();
const identities = { ECDSA: authority.server(), RSA: authority.server({ key: 'rsa' }) };
const ours = clientCertificate(authority.client());

const serverWith = (authentication: 'ECDSA' | 'RSA', more: TlsOptions): Promise<RunningServer> =>
  startTlsServer({
    cert: identities[authentication].certificatePem,
    key: identities[authentication].keyPem,
    requestCert: true,
    rejectUnauthorized: false,
    ...more,
  });

describe('what the dial negotiates under a policy', () => {
  for (const suite of tls12Six.suites)
    it(`reaches a server that has ${suite.iana} alone`, async () => {
      const server = await serverWith(suite.authentication, {
        ciphers: suite.openssl,
        maxVersion: 'TLSv1.2',
        dhparam: 'auto',
      });
      const outcome = await dial(targetAt(server.port, authority, { clientCertificate: ours }));
      assert.equal(outcome.verdict, 'accepted');
      assert.equal(outcome.evidence.tls?.suite, suite.iana);
      if (outcome.verdict === 'accepted') outcome.socket.destroy();
      const four = await dial(targetAt(server.port, authority, { policy: tls12Four }));
      if (suite.keyExchange === 'DHE') assert.equal(four.verdict === 'none' && four.error.code, 'no-common-suite');
      else assert.equal(four.verdict, 'accepted');
      if (four.verdict === 'accepted') four.socket.destroy();
      await server.close();
    });

  const refused: readonly [string, 'ECDSA' | 'RSA', TlsOptions, string][] = [
    ['TLS 1.3 only', 'RSA', { minVersion: 'TLSv1.3' }, 'protocol-version'],
    // Its own version would do for none of the suites that are offered, so OpenSSL's server complains of those.
    [
      'TLS 1.1 only',
      'RSA',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
      'no-common-suite',
    ],
    ['CBC', 'RSA', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA256' }, 'no-common-suite'],
    ['CHACHA20', 'RSA', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-CHACHA20-POLY1305' }, 'no-common-suite'],
    ['CCM', 'ECDSA', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-CCM' }, 'no-common-suite'],
    ['static RSA', 'RSA', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }, 'no-common-suite'],
    [
      'P-521 only',
      'RSA',
      { maxVersion: 'TLSv1.2', ecdhCurve: 'secp521r1', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' },
      'no-common-suite',
    ],
    [
      'SHA-1 signatures only',
      'RSA',
      { maxVersion: 'TLSv1.2', sigalgs: 'RSA+SHA1', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0' },
      'no-common-suite',
    ],
  ];
  for (const [name, authentication, options, code] of refused)
    it(`refuses a server with ${name} as ${code}`, async () => {
      const server = await serverWith(authentication, options);
      const outcome = await dial(targetAt(server.port, authority, { clientCertificate: ours }));
      assert.equal(outcome.verdict === 'none' && outcome.error.code, code);
      assert.equal(outcome.evidence.clientCertificate.sent, false);
      assert.deepEqual(server.clients, []);
      await server.close();
    });

  it('refuses a server certificate with an RSA key of 1024 bits', async () => {
    const weak = authority.server({ key: 'rsa-1024' });
    const server = await startTlsServer({
      cert: weak.certificatePem,
      key: weak.keyPem,
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
    });
    const outcome = await dial(targetAt(server.port, authority));
    assert.equal(outcome.verdict, 'refused');
    assert.equal(outcome.evidence.report.checks.signature.code, 'X509_KEY_RSA_TOO_SMALL');
    await server.close();
  });
});

describe('what a server under the policy negotiates', () => {
  const servers = {} as Record<'ECDSA' | 'RSA', RunningServer>;
  before(async () => {
    for (const kind of ['ECDSA', 'RSA'] as const)
      servers[kind] = await serverWith(kind, { ...serverOptions(tls12Six), requestCert: false });
  });
  after(async () => {
    for (const server of Object.values(servers)) await server.close();
  });

  async function shake(kind: 'ECDSA' | 'RSA', options: ConnectionOptions): Promise<string> {
    const socket = connect({ port: servers[kind].port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    try {
      await once(socket, 'secureConnect');
      return `${socket.getProtocol()} ${socket.getCipher().standardName}`;
    } finally {
      socket.on('error', () => undefined);
      socket.destroy();
    }
  }

  for (const { iana, openssl, authentication } of tls12Six.suites)
    it(`takes ${iana} alone`, async () => {
      assert.equal(await shake(authentication, { ciphers: openssl, maxVersion: 'TLSv1.2' }), `TLSv1.2 ${iana}`);
    });

  it('prefers TLS 1.2 with its own order, whatever the client offers', async () => {
    const ciphers = tls12Six.suites
      .map(({ openssl }) => openssl)
      .toReversed()
      .join(':');
    assert.equal(await shake('ECDSA', { ciphers }), `TLSv1.2 ${tls12Six.suites[0]?.iana}`);
  });

  const refused: readonly [string, ConnectionOptions][] = [
    ['TLS 1.3 only', { minVersion: 'TLSv1.3' }],
    ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
    ['CBC', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA256' }],
    ['CHACHA20', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-CHACHA20-POLY1305' }],
    ['static RSA', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }],
    ['P-521 only', { maxVersion: 'TLSv1.2', ecdhCurve: 'secp521r1', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }],
    [
      'SHA-1 signatures only',
      { maxVersion: 'TLSv1.2', sigalgs: 'RSA+SHA1', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0' },
    ],
  ];
  for (const [name, options] of refused)
    it(`refuses a client with ${name}`, async () => {
      await assert.rejects(shake('RSA', options));
    });

  it('refuses renegotiation and gives no ticket', async () => {
    const socket = connect({
      port: servers.RSA.port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2',
    });
    await once(socket, 'secureConnect');
    assert.equal(socket.getTLSTicket(), undefined);
    const error = await new Promise<Error | null>((resolve) => {
      socket.on('error', resolve);
      socket.renegotiate({ rejectUnauthorized: false }, resolve);
    });
    assert.ok(error instanceof Error);
    socket.destroy();
  });
});
