import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { checkClientCertificate } from '@sallyport/tls-dialer';
import { readCertificate, readPem } from '@sallyport/x509';
import { makeThrowAwayCertificate } from './throw-away-certificate.ts';

const now = Date.UTC(2026, 5, 1);

describe('a throw-away certificate', () => {
  for (const kind of ['ec', 'rsa'] as const)
    it(`bears the published name, signs itself and is for clients (${kind})`, async () => {
      const made = await makeThrowAwayCertificate(kind, now);
      const certificate = readCertificate(readPem(made.certificatePem)[0]?.der ?? new Uint8Array());
      assert.equal(certificate.subject.toString(), 'CN=Sallyport doctor throw-away probe,O=Sallyport');
      assert.equal(certificate.selfIssued, true);
      assert.deepEqual(certificate.extensions.extendedKeyUsage, ['1.3.6.1.5.5.7.3.2']);
      const seen = new X509Certificate(certificate.der);
      assert.equal(seen.verify(seen.publicKey), true);
      // It belongs to its key, and it lives for minutes only.
      assert.equal(checkClientCertificate(made) - now <= 3_600_000, true);
    });

  it('is another one each time', async () => {
    const [one, two] = await Promise.all([makeThrowAwayCertificate('ec', now), makeThrowAwayCertificate('ec', now)]);
    assert.notEqual(one.certificatePem, two.certificatePem);
  });
});
