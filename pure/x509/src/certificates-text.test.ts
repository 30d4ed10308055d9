import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { describe, it } from 'node:test';
import { readCertificatesText } from './certificates-text.ts';

// Node writes lines of 72 characters; PEM has 64 (RFC 7468 §2).
const [root = '', other = ''] = rootCertificates.map((pem) => new X509Certificate(pem).toString());
const keyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const keyBase64 = keyPem.split('\n').slice(1, -2).join('\n');

describe('a text of certificates', () => {
  it('is read in order and written anew, without what stands around them', () => {
    const read = readCertificatesText(`subject=CN=One\n${root}\n${keyBase64}\n${other}`);
    assert.ok(read.ok);
    assert.equal(read.certificates.length, 2);
    assert.equal(read.pem, `${root}${other}`);
  });

  it('with a block of another kind is refused by its name, wherever it stands', () => {
    for (const text of [root + '\n' + keyPem, keyPem + root, keyPem]) {
      const read = readCertificatesText(text);
      assert.deepEqual(read, { ok: false, otherBlock: 'PRIVATE KEY', error: null });
    }
  });

  it('without a certificate, or with one that does not read, is refused', () => {
    const codes = ['', 'words', root.slice(0, 300), root.replace('MII', 'MIJ'), `${root}\n-----BEGIN `].map((text) => {
      const read = readCertificatesText(text);
      return read.ok ? 'read' : read.error?.code;
    });
    assert.deepEqual(codes.slice(0, 3), ['X509_PEM_NO_BLOCK', 'X509_PEM_NO_BLOCK', 'X509_PEM_MALFORMED']);
    assert.ok(
      codes.slice(3).every((code) => code?.startsWith('X509_')),
      codes.join(),
    );
  });
});
