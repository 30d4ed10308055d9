import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { StoredHandshake } from '@sallyport/store';
import { defaultTerms, termsHash } from '@sallyport/terms';
import {
  EvidenceError,
  evidenceArchive,
  type EvidenceParts,
} from '../../programs/database/src/evidence/evidence-archive.ts';
import { serialOf } from '../../sandbox/src/demo-pki/certificate.ts';
import { establishAuthority, issuerOf, type DemoAuthority } from '../../sandbox/src/demo-pki/demo-authority.ts';
import { derOfPem } from '../../sandbox/src/demo-pki/der.ts';
import { answerOcsp, ocspRequest } from '../../sandbox/src/demo-pki/ocsp-response.ts';
import { freshMilliseconds, issueRevocationList } from '../../sandbox/src/demo-pki/revocation-list.ts';

const withoutOpenssl = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';
const contact = { name: 'Ada', email: 'ada@example.com' };
const terms = defaultTerms({
  baseUrl: 'https://localhost:8444/jira',
  projectKeys: ['DEMO'],
  contacts: { owner: contact, technical: contact },
});
/** The window that the sandbox gives its answers. */
const windowOf = (at: number) => ({
  thisUpdate: new Date(at).toISOString(),
  nextUpdate: new Date(at + freshMilliseconds).toISOString(),
});
const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('an archive of evidence', () => {
  const now = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-evidence-'));
  let authority: DemoAuthority;
  before(async () => {
    authority = await establishAuthority(null, 'http://127.0.0.1:8445', now - 10_000);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A handshake with the RSA or ECDSA chain; the end entity by OCSP, the issuer by the root's CRL. */
  const parts = (key: 'rsa' | 'ecdsa', revoked = false): EvidenceParts => {
    const issuerName = key === 'rsa' ? 'rsaIssuer' : 'ecdsaIssuer';
    const server = key === 'rsa' ? authority.serverRsa : authority.serverEcdsa;
    const issuer = issuerOf(authority, issuerName);
    const serial = serialOf(server.certificatePem);
    const answering = {
      issuer,
      responder: key === 'ecdsa' ? authority.responder : null,
      revocations: () => (revoked ? [{ serial, at: now - 1_000, reason: 1 }] : []),
    };
    const ocsp = answerOcsp(ocspRequest(issuer, serial), [answering], now);
    const crl = issueRevocationList(issuerOf(authority, 'root'), [], now);
    const path = [server, authority[issuerName], authority.root].map(({ certificatePem }) => derOfPem(certificatePem));
    const [leaf, intermediate, root] = path.map(digestOf);
    const handshake = {
      id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
      connectionId: '6f9619ff-8b86-4d01-b42d-00cf4fc964fe',
      customerId: '6f9619ff-8b86-4d01-b42d-00cf4fc964fd',
      at: new Date(now),
      purpose: 'proof',
      verdict: 'accepted',
      termsSha256: termsHash(terms),
      connectorId: 'connector-1',
      chainSha256: [leaf, intermediate],
      evidence: {
        host: 'localhost',
        report: {
          at: new Date(now).toISOString(),
          verdict: 'accepted',
          path: [
            { role: 'end-entity', sha256: leaf },
            { role: 'intermediate', sha256: intermediate },
            { role: 'anchor', sha256: root },
          ],
        },
        revocation: [
          {
            certificateIndex: 0,
            kind: 'ocsp',
            sha256: digestOf(ocsp),
            url: 'http://127.0.0.1:8445/ocsp',
            ...windowOf(now),
          },
          { certificateIndex: 1, kind: 'crl', sha256: digestOf(crl), url: 'http://127.0.0.1:8445/crl/root.crl' },
        ],
      },
    } as unknown as StoredHandshake;
    return {
      handshake,
      terms,
      certificates: new Map(path.map((der) => [digestOf(der), der])),
      contents: new Map([
        [digestOf(ocsp), { kind: 'ocsp', der: ocsp }],
        [digestOf(crl), { kind: 'crl', der: crl }],
      ]),
    };
  };
  const run = (name: string, given: EvidenceParts): { status: number | null; stdout: string } => {
    for (const { path, bytes } of evidenceArchive(given)) {
      const file = join(folder, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    return spawnSync('sh', ['verify.sh'], { cwd: join(folder, name), encoding: 'utf8' });
  };

  for (const [key, signer] of [
    ['rsa', 'the issuer itself'],
    ['ecdsa', 'a delegated responder'],
  ] as const) {
    it(`is judged again by openssl with an OCSP answer that ${signer} signed`, { skip: withoutOpenssl }, () => {
      const { status, stdout } = run(key, parts(key));
      assert.equal(status, 0, stdout);
      assert.match(stdout, /pass {2}not revoked by revocation\/0\.ocsp\.der/);
      assert.match(stdout, /pass {2}not revoked by revocation\/1\.crl\.pem/);
    });
  }

  it('shows what was revoked as revoked', { skip: withoutOpenssl }, () => {
    const { status, stdout } = run('revoked', parts('rsa', true));
    assert.equal(status, 1);
    assert.match(stdout, /FAIL {2}not revoked by revocation\/0\.ocsp\.der/);
  });

  it('says which bytes it does not hold', { skip: withoutOpenssl }, () => {
    const { status, stdout } = run('partial', { ...parts('rsa'), contents: new Map() });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /not repeated for revocation: its bytes are not in the database: SHA-256 [0-9a-f]{64}/);
  });

  it('is not made of terms that were altered, nor without the chain', () => {
    assert.throws(() => evidenceArchive({ ...parts('rsa'), terms: { ...terms, allowPrivate: true } }), EvidenceError);
    assert.throws(() => evidenceArchive({ ...parts('rsa'), certificates: new Map() }), EvidenceError);
  });
});
