/** PKCS#12 with PBMAC1 (RFC 9579): what new programs write. openssl before 3.4 cannot, so that its MAC is written here. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac, generateKeyPairSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSecureContext } from 'node:tls';
import { DerReader, readObjectIdentifier, Tag } from '@sallyport/x509';
import { issueCertificate } from '../../../sandbox/src/demo-pki/certificate.ts';
import { integer, nullValue, objectIdentifier, octetString, sequence } from '../../../sandbox/src/demo-pki/der.ts';
import { KeyFileError, RoundBudget } from './key-file-error.ts';
import { readKeyFile } from './read-key-file.ts';

const password = 'geheim wie ein Wörterbuch';
const hmac = {
  sha256: '1.2.840.113549.2.9',
  sha384: '1.2.840.113549.2.10',
  sha512: '1.2.840.113549.2.11',
} as const;

interface MacChoices {
  readonly hash?: keyof typeof hmac;
  readonly prf?: keyof typeof hmac;
  readonly rounds?: number;
  /** Said in the file, whatever it was made with. */
  readonly saidRounds?: Uint8Array;
  readonly keyBytes?: number | null;
  readonly password?: string;
}

/** The file without a MAC, with one of RFC 9579 §3 behind it. */
function withPbmac1(withoutMac: Uint8Array, choices: MacChoices = {}): Uint8Array {
  const { hash = 'sha256', prf = 'sha256', rounds = 2048, keyBytes = 32 } = choices;
  const pfx = new DerReader(withoutMac).enter(Tag.sequence);
  pfx.expect(Tag.integer);
  const authSafe = pfx.expect(Tag.sequence).element();
  const info = new DerReader(authSafe).enter(Tag.sequence);
  readObjectIdentifier(info);
  const content = info.enter(0xa0).expect(Tag.octetString).content();
  const salt = randomBytes(16);
  const key = pbkdf2Sync(choices.password ?? password, salt, rounds, keyBytes ?? 32, prf);
  const mac = createHmac(hash, key).update(content).digest();
  const algorithm = (type: string): Buffer => sequence(objectIdentifier(type), nullValue);
  const derivation = sequence(
    objectIdentifier('1.2.840.113549.1.5.12'),
    sequence(
      octetString(salt),
      choices.saidRounds === undefined ? integer(rounds) : Buffer.from(choices.saidRounds),
      ...(keyBytes === null ? [] : [integer(keyBytes)]),
      algorithm(hmac[prf]),
    ),
  );
  const pbmac1 = sequence(objectIdentifier('1.2.840.113549.1.5.14'), sequence(derivation, algorithm(hmac[hash])));
  // The outer salt and rounds are there for old readers, and mean nothing.
  const macData = sequence(sequence(pbmac1, octetString(mac)), octetString(Buffer.from('NOT USED')), integer(1));
  return new Uint8Array(sequence(integer(3), Buffer.from(authSafe), macData));
}

const read = (bytes: Uint8Array, word: string | null = password, rounds = 2_000_000) =>
  readKeyFile(bytes, word, new RoundBudget(rounds));
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof KeyFileError) return error.code;
    throw error;
  }
  return 'read';
};
const opensslIsThere = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe('PKCS#12 with PBMAC1', { skip: opensslIsThere ? false : 'openssl is not installed' }, () => {
  let folder = '';
  let withoutMac = new Uint8Array();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-pbmac1-'));
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const life = { notBefore: Date.parse('2026-01-01'), notAfter: Date.parse('2030-01-01') };
    const made = issueCertificate(
      { commonName: 'client', ...life, purpose: { kind: 'client', dnsNames: ['client.example'] } },
      key,
      null,
    );
    const path = (name: string): string => join(folder, name);
    writeFileSync(path('key.pem'), key);
    writeFileSync(path('certificate.pem'), made.certificatePem);
    const words = ['-inkey', path('key.pem'), '-in', path('certificate.pem'), '-passout', `pass:${password}`];
    execFileSync('openssl', ['pkcs12', '-export', '-nomac', ...words, '-out', path('bare.p12')]);
    withoutMac = new Uint8Array(readFileSync(path('bare.p12')));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What this platform's OpenSSL says of it, which reads such files itself. */
  const platformOpens = (bytes: Uint8Array, passphrase: string): boolean => {
    try {
      createSecureContext({ pfx: Buffer.from(bytes), passphrase });
      return true;
    } catch {
      return false;
    }
  };

  for (const [hash, prf] of [
    ['sha256', 'sha256'],
    ['sha512', 'sha256'],
    ['sha512', 'sha512'],
    ['sha384', 'sha384'],
  ] as const)
    it(`is opened with the right password, as OpenSSL opens it: HMAC ${hash} under PBKDF2 with ${prf}`, () => {
      const bytes = withPbmac1(withoutMac, { hash, prf, keyBytes: hash === 'sha256' ? 32 : 64 });
      assert.ok(platformOpens(bytes, password), 'the file of the test is none');
      const { certificates, keys } = read(bytes);
      assert.deepEqual(
        keys.map(({ publicKeyDer }) => Buffer.from(publicKeyDer)),
        certificates.map(({ publicKeyDer }) => Buffer.from(publicKeyDer)),
      );
      assert.equal(keys.length, 1);
    });

  it('under another password says so', () => {
    const bytes = withPbmac1(withoutMac);
    assert.ok(!platformOpens(bytes, 'another'));
    for (const word of ['another', '', null])
      assert.equal(
        codeOf(() => read(bytes, word)),
        'PKCS12_PASSWORD_WRONG',
      );
  });

  it('that is damaged says so where the password is right', () => {
    const bytes = withPbmac1(withoutMac);
    const end = bytes.length - 1;
    // In the MAC: the outer salt and rounds behind it have thirteen bytes.
    for (const at of [end - 15, end - 30]) {
      const changed = Uint8Array.from(bytes, (byte, place) => (place === at ? byte ^ 1 : byte));
      assert.equal(
        codeOf(() => read(changed)),
        'PKCS12_DAMAGED',
      );
      assert.ok(!platformOpens(changed, password));
    }
    // A MAC that was made with another password than the content is not whole either.
    assert.equal(
      codeOf(() => read(withPbmac1(withoutMac, { password: 'another' }))),
      'PKCS12_DAMAGED',
    );
  });

  it('that asks for absurd rounds is refused before they are made, however large the number', () => {
    const said = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
    for (const saidRounds of [integer(2_000_001), integer(2 ** 31 - 1), said('0210' + '7f'.repeat(16)), said('020100')])
      assert.equal(
        codeOf(() => read(withPbmac1(withoutMac, { saidRounds }))),
        'KEY_ROUNDS_TOO_MANY',
      );
    assert.equal(
      codeOf(() => read(withPbmac1(withoutMac, { rounds: 30_000 }), password, 20_000)),
      'KEY_ROUNDS_TOO_MANY',
    );
  });

  it('whose key has no length, or an absurd one, is refused: RFC 9579 asks for it', () => {
    const refused = ['FILE_UNREADABLE', 'PKCS12_UNSUPPORTED'];
    assert.ok(refused.includes(codeOf(() => read(withPbmac1(withoutMac, { keyBytes: null })))));
    assert.equal(
      codeOf(() => read(withPbmac1(withoutMac, { keyBytes: 65 }))),
      'PKCS12_UNSUPPORTED',
    );
  });
});
