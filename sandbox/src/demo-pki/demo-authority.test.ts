import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { serialOf } from './certificate.ts';
import { allClients, establishAuthority, issuerOf, type DemoAuthority } from './demo-authority.ts';
import { pem } from './der.ts';
import { faultyServerIdentities } from './faulty-server.ts';
import { answerOcsp, type AnsweredIssuer } from './ocsp-response.ts';
import { issueRevocationList } from './revocation-list.ts';

const dayMilliseconds = 86_400_000;
const withoutOpenssl = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';

describe('the demo CA', () => {
  const now = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-pki-'));
  let authority: DemoAuthority;
  before(async () => {
    authority = await establishAuthority(null, 'http://127.0.0.1:8445', now);
  });
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const openssl = (...parameters: readonly string[]): string => {
    const { stdout, stderr } = spawnSync('openssl', parameters, { encoding: 'utf8' });
    return stdout + stderr;
  };
  const answering = (which: 'rsaIssuer' | 'ecdsaIssuer', revoked: readonly string[] = []): AnsweredIssuer => ({
    issuer: issuerOf(authority, which),
    responder: which === 'ecdsaIssuer' ? authority.responder : null,
    revocations: () => revoked.map((certificate) => ({ serial: serialOf(certificate), at: now - 1000, reason: 1 })),
  });

  it('issues all that openssl accepts in its strict mode, with the CRLs of every CA', { skip: withoutOpenssl }, () => {
    const crls = (['root', 'rsaIssuer', 'ecdsaIssuer'] as const).flatMap((which) => {
      const text = pem('X509 CRL', issueRevocationList(issuerOf(authority, which), [], now - 1000));
      return ['-CRLfile', file(`${which}.crl`, text)];
    });
    const root = file('root.pem', authority.root.certificatePem);
    const strict = ['verify', '-x509_strict', '-crl_check_all', '-CAfile', root, ...crls];
    for (const { certificatePem, chainPem } of [authority.serverRsa, authority.serverEcdsa]) {
      const server = [...strict, '-untrusted', file('chain.pem', chainPem), '-purpose', 'sslserver'];
      const path = file('server.pem', certificatePem);
      assert.match(openssl(...server, '-verify_hostname', 'localhost', path), /: OK/);
      assert.match(openssl(...server, '-verify_ip', '127.0.0.1', path), /: OK/);
    }
    for (const { certificatePem, chainPem, name } of allClients(authority)) {
      const client = [...strict, '-untrusted', file('chain.pem', chainPem), '-purpose', 'sslclient'];
      assert.match(openssl(...client, file('client.pem', certificatePem)), /: OK/, name);
    }
  });

  it('lists a revoked certificate in its CRL', { skip: withoutOpenssl }, () => {
    const { certificatePem } = authority.serverRsa;
    const list = issueRevocationList(
      issuerOf(authority, 'rsaIssuer'),
      [{ serial: serialOf(certificatePem), at: now - 5000, reason: 1 }],
      now - 1000,
    );
    const chain = authority.root.certificatePem + authority.rsaIssuer.certificatePem;
    const trust = ['-partial_chain', '-CAfile', file('ca.pem', chain)];
    const revocation = ['-crl_check', '-CRLfile', file('revoked.crl', pem('X509 CRL', list))];
    assert.match(openssl('verify', ...trust, ...revocation, file('server.pem', certificatePem)), /certificate revoked/);
  });

  for (const { which, digest } of [
    { which: 'rsaIssuer', digest: '-sha1' },
    { which: 'ecdsaIssuer', digest: '-sha256' },
  ] as const) {
    it(`answers OCSP for the ${which} with a signature that openssl accepts`, { skip: withoutOpenssl }, () => {
      const certificate = which === 'rsaIssuer' ? authority.serverRsa : authority.serverEcdsa;
      const issuer = ['-issuer', file('issuer.pem', authority[which].certificatePem)];
      const subject = [digest, '-cert', file('subject.pem', certificate.certificatePem)];
      const request = join(folder, 'request.der');
      openssl('ocsp', ...issuer, ...subject, '-reqout', request);
      const asked = spawnSync('cat', [request]).stdout;
      for (const { revoked, expected } of [
        { revoked: [], expected: /: good/ },
        { revoked: [certificate.certificatePem], expected: /: revoked[^]*keyCompromise/ },
      ]) {
        const response = file('response.der', answerOcsp(asked, [answering(which, revoked)], now - 1000));
        // The nonce is echoed; openssl makes another for this second run, so it is not compared here.
        const given = ['-respin', response, '-no_nonce', '-CAfile', file('root.pem', authority.root.certificatePem)];
        const output = openssl('ocsp', ...given, ...issuer, ...subject);
        assert.match(output, /Response verify OK/);
        assert.match(output, expected);
      }
    });
  }

  it('answers a broken OCSP request and one for a stranger with an error, not with a verdict', () => {
    const malformed = answerOcsp(Buffer.from('3003020101', 'hex'), [answering('rsaIssuer')], now);
    assert.equal(malformed.toString('hex'), '30030a0101');
    for (const bytes of ['', '30', '3080', '30820000ff', '3084ffffffff00']) {
      assert.equal(answerOcsp(Buffer.from(bytes, 'hex'), [], now)[4], 1, bytes);
    }
  });

  it('gives each certificate a key of its own, its name, and pointers to revocation data', () => {
    const keys = new Set<string>();
    for (const { certificatePem, keyPem, name } of allClients(authority)) {
      const certificate = new X509Certificate(certificatePem);
      assert.ok(certificate.checkPrivateKey(createPrivateKey(keyPem)));
      assert.equal(certificate.subjectAltName, `DNS:${name}`);
      assert.match(String(certificate.infoAccess), /http:\/\/127\.0\.0\.1:8445\/ocsp/);
      keys.add(keyPem);
    }
    assert.equal(keys.size, 7);
  });

  it('makes faulty server certificates that are wrong in one thing only', () => {
    for (const identity of faultyServerIdentities(authority, 'expired', now)) {
      const certificate = new X509Certificate(identity.certificatePem);
      assert.ok(certificate.validToDate.getTime() < now);
      assert.equal(certificate.checkHost('localhost'), 'localhost');
    }
    for (const identity of faultyServerIdentities(authority, 'wrong-name', now)) {
      const certificate = new X509Certificate(identity.certificatePem);
      assert.ok(certificate.validToDate.getTime() > now);
      assert.equal(certificate.checkHost('localhost'), undefined);
      assert.ok(
        certificate.verify(new X509Certificate(issuerPem(authority, identity.chainPem)).publicKey),
        'the signature is good',
      );
    }
  });

  it('keeps what still holds, renews what nears its end, and keeps its root and keys over that', async () => {
    const { pointerUrl } = authority;
    assert.equal(await establishAuthority(authority, pointerUrl, now + dayMilliseconds), authority);
    const renewed = await establishAuthority(authority, pointerUrl, now + 25 * dayMilliseconds);
    assert.equal(renewed.root.certificatePem, authority.root.certificatePem);
    assert.equal(renewed.serverRsa.keyPem, authority.serverRsa.keyPem);
    assert.ok(new X509Certificate(renewed.serverRsa.certificatePem).validToDate.getTime() > now + 50 * dayMilliseconds);
    const moved = await establishAuthority(authority, 'http://127.0.0.1:9999', now);
    assert.match(String(new X509Certificate(moved.serverRsa.certificatePem).infoAccess), /:9999/);
  });

  it('has of each client certificate a renewal: the same name and authority, another key, a later end', () => {
    const pairs = authority.clients.map((first) => [
      first,
      ...[...authority.renewals, authority.toUpload].filter(({ kind }) => kind === first.kind),
    ]);
    assert.deepEqual(
      pairs.map(({ length }) => length),
      [3, 2, 2],
    );
    for (const [first, ...renewals] of pairs) {
      const before = new X509Certificate(first?.certificatePem ?? '');
      // A window after 30 days of notice begins before the first one ends, and ends before its renewal does.
      assert.ok(before.validToDate.getTime() > now + 31 * dayMilliseconds);
      for (const { certificatePem, keyPem } of renewals) {
        const after = new X509Certificate(certificatePem);
        assert.deepEqual([after.subject, after.issuer], [before.subject, before.issuer]);
        assert.ok(after.checkPrivateKey(createPrivateKey(keyPem)));
        assert.notEqual(keyPem, first?.keyPem);
        assert.ok(after.validToDate > before.validToDate);
      }
    }
  });

  it('adds renewals to what was kept from before there were any, and changes nothing else of it', async () => {
    const { renewals: _renewals, toUpload: _toUpload, ...before } = authority;
    const { renewals, toUpload, ...after } = await establishAuthority(
      before,
      authority.pointerUrl,
      now + dayMilliseconds,
    );
    assert.deepEqual(after, before);
    for (const { certificatePem, chainPem } of [...renewals, toUpload]) {
      const issuer = new X509Certificate(issuerPem(authority, chainPem));
      const certificate = new X509Certificate(certificatePem);
      assert.ok(certificate.verify(issuer.publicKey) && certificate.validToDate < issuer.validToDate);
    }
  });

  it('begins anew when its root nears its end', async () => {
    const next = await establishAuthority(authority, authority.pointerUrl, now + 320 * dayMilliseconds);
    assert.notEqual(next.root.keyPem, authority.root.keyPem);
  });
});

function issuerPem(authority: DemoAuthority, chainPem: string): string {
  return chainPem.includes(authority.rsaIssuer.certificatePem)
    ? authority.rsaIssuer.certificatePem
    : authority.ecdsaIssuer.certificatePem;
}
