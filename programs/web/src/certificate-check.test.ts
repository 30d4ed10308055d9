import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  anchorFromCertificate,
  readCertificate,
  readPem,
  revocationOff,
  utcInstant,
  validate,
  validationPolicy,
} from '@sallyport/x509';
import { checkCertificate } from './certificate-check.ts';
import { selfSigned } from './self-signed.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const day = 86_400_000;
const made = selfSigned(now - day, now + 365 * day);
const other = selfSigned(now - day, now + 365 * day);
const codes = (certificatePem: string, keyPem: string, at = now): string[] => {
  const { fatal, warnings } = checkCertificate({ certificatePem, keyPem }, at);
  return [...fatal, ...warnings].map(({ code }) => code);
};

describe('the certificate that is made for localhost', () => {
  it('has no fault, names this machine, and shows its fingerprint', () => {
    const checked = checkCertificate(made, now);
    assert.deepEqual([checked.fatal, checked.warnings], [[], []]);
    assert.deepEqual(checked.names, ['localhost']);
    assert.match(checked.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    assert.equal(checked.notAfter, now + 365 * day);
  });

  for (const [kind, value] of [
    ['dns', 'localhost'],
    ['ip', '127.0.0.1'],
    ['ip', '::1'],
  ] as const) {
    it(`is in order for ${value} by our own validator, but that nobody vouches for it`, () => {
      const [block] = readPem(made.certificatePem);
      assert.ok(block !== undefined);
      const leaf = readCertificate(block.der);
      const report = validate({
        leaf,
        others: [],
        anchors: [anchorFromCertificate(leaf)],
        at: utcInstant(now),
        purpose: 'serverAuth',
        name: { kind, value },
        policy: validationPolicy('webpki'),
        revocation: revocationOff,
      });
      const failed = report.entries.filter(({ outcome }) => outcome === 'fail').map(({ code }) => code);
      // It signs itself: nobody else vouches for it, and that is all there is against it.
      assert.deepEqual(failed, ['X509_END_ENTITY_IS_ANCHOR']);
    });
  }
});

describe('the check of the web tier’s own certificate', () => {
  for (const [sentence, certificatePem, keyPem, at, expected] of [
    ['another’s key', made.certificatePem, other.keyPem, now, ['key-mismatch']],
    ['a text that is no certificate', 'nothing', made.keyPem, now, ['X509_PEM_NO_BLOCK']],
    ['a truncated certificate', made.certificatePem.slice(0, 200), made.keyPem, now, ['X509_PEM_MALFORMED']],
    ['a text that is no key', made.certificatePem, 'nothing', now, ['key-unreadable']],
    [
      'certificates in the wrong order',
      made.certificatePem + other.certificatePem,
      made.keyPem,
      now,
      ['chain-out-of-order'],
    ],
    ['one that has ended', made.certificatePem, made.keyPem, now + 400 * day, ['expired']],
    ['one that has not begun', made.certificatePem, made.keyPem, now - 10 * day, ['not-yet-valid']],
    ['one that ends within 14 days', made.certificatePem, made.keyPem, now + 360 * day, ['ends-soon']],
  ] as const) {
    it(`tells of ${sentence}`, () => assert.deepEqual(codes(certificatePem, keyPem, at), expected));
  }

  it('does not repeat what stands in a key file that cannot be read', () => {
    const encrypted = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'secret words',
    });
    const { fatal } = checkCertificate({ certificatePem: made.certificatePem, keyPem: encrypted.toString() }, now);
    assert.deepEqual(
      fatal.map(({ code }) => code),
      ['key-unreadable'],
    );
    assert.ok(!JSON.stringify(fatal).includes(encrypted.toString().slice(40, 60)));
  });
});
