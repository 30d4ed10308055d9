import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { issueCertificate } from '../../../sandbox/src/demo-pki/certificate.ts';
import { KeyFileError, RoundBudget } from './key-file-error.ts';
import { readKeyFile } from './read-key-file.ts';

const rounds = 2_000_000;
const password = 'geheim wie ein Wörterbuch';
const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const codeOf = (read: () => unknown): string => {
  try {
    read();
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

describe('a file of keys and certificates', { skip: opensslIsThere ? false : 'openssl is not installed' }, () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  const openssl = (...words: readonly string[]): void =>
    void execFileSync('openssl', [...words], { stdio: ['ignore', 'ignore', 'ignore'] });
  const exported = (name: string, ...options: readonly string[]): Uint8Array => {
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      path('key.pem'),
      '-in',
      path('certificate.pem'),
      '-certfile',
      path('issuer.pem'),
      '-passout',
      `pass:${password}`,
      '-out',
      path(name),
      ...options,
    );
    return new Uint8Array(readFileSync(path(name)));
  };
  const converted = (name: string, words: readonly string[]): Uint8Array => {
    openssl(...words, '-out', path(name));
    return new Uint8Array(readFileSync(path(name)));
  };
  const read = (bytes: Uint8Array, word: string | null = password) => readKeyFile(bytes, word, new RoundBudget(rounds));

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-key-files-'));
    const [rootKey, key] = [newKey(), newKey()];
    const life = { notBefore: Date.parse('2026-01-01'), notAfter: Date.parse('2030-01-01') };
    const root = issueCertificate({ commonName: 'Root', ...life, purpose: { kind: 'root' } }, rootKey, null);
    const issuer = { commonName: 'Root', keyPem: rootKey, chainPem: '', pointers: null };
    const made = issueCertificate(
      { commonName: 'client', ...life, purpose: { kind: 'client', dnsNames: ['client.example'] } },
      key,
      issuer,
    );
    writeFileSync(path('key.pem'), key);
    writeFileSync(path('certificate.pem'), made.certificatePem);
    writeFileSync(path('issuer.pem'), root.certificatePem);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [sentence, name, options] of [
    ['PKCS#12 with AES', 'aes.p12', []],
    ['PKCS#12 with 3DES', 'old.p12', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['PKCS#12 with 40-bit RC2, as old programs export it', 'rc2.p12', ['-legacy']],
    [
      'PKCS#12 with 128-bit RC2',
      'rc2-128.p12',
      ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128'],
    ],
    ['PKCS#12 with 3DES of two keys', '2des.p12', ['-legacy', '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
    ['PKCS#12 whose key alone is encrypted', 'clear.p12', ['-certpbe', 'NONE']],
  ] as const)
    it(`is opened with its key: ${sentence}`, () => {
      const { certificates, keys } = read(exported(name, ...options));
      assert.deepEqual(certificates.map(({ subject }) => subject.toString().split(',')[0]).toSorted(), [
        'CN=Root',
        'CN=client',
      ]);
      const own = certificates.find((one) => one.subject.toString().includes('client'));
      assert.deepEqual(
        keys.map(({ publicKeyDer }) => Buffer.from(publicKeyDer)),
        [Buffer.from(own?.publicKeyDer ?? [])],
      );
    });

  it('under another password says so, in every scheme', () => {
    for (const options of [[], ['-legacy'], ['-certpbe', 'NONE']])
      assert.equal(
        codeOf(() => read(exported('wrong.p12', ...options), 'another')),
        'PKCS12_PASSWORD_WRONG',
      );
  });
  it('that is damaged says so where the password is right', () => {
    const bytes = exported('damaged.p12');
    // Inside the certificates, whose encryption stands before that of the key.
    bytes[600] = (bytes[600] ?? 0) ^ 1;
    assert.equal(
      codeOf(() => read(bytes)),
      'PKCS12_DAMAGED',
    );
    assert.equal(
      codeOf(() => read(bytes.slice(0, 700))),
      'FILE_UNREADABLE',
    );
  });
  it('with RC4 says what to do', () =>
    assert.throws(
      () => read(exported('rc4.p12', '-legacy', '-certpbe', 'PBE-SHA1-RC4-128')),
      /RC4.*openssl pkcs12 -legacy/,
    ));
  it('that asks for more rounds than are given is not begun', () => {
    const bytes = exported('bomb.p12', '-iter', '900000');
    assert.equal(
      codeOf(() => readKeyFile(bytes, password, new RoundBudget(500_000))),
      'KEY_ROUNDS_TOO_MANY',
    );
  });
  it('whose rounds are beyond every number is not begun', () => {
    const bytes = Buffer.from(exported('rounds.p12', '-iter', '2048'));
    // INTEGER 2048 of each derivation becomes 32767.
    for (
      let at = bytes.indexOf(Buffer.from('02020800', 'hex'));
      at >= 0;
      at = bytes.indexOf(Buffer.from('02020800', 'hex'))
    )
      Buffer.from('02027fff', 'hex').copy(bytes, at);
    assert.equal(
      codeOf(() => readKeyFile(bytes, password, new RoundBudget(20_000))),
      'KEY_ROUNDS_TOO_MANY',
    );
  });

  for (const [sentence, name, words] of [
    ['PKCS#8 with AES', 'p8.pem', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc']],
    ['PKCS#8 with scrypt', 'scrypt.pem', ['pkcs8', '-topk8', '-scrypt']],
    ['PKCS#8 with the old 3DES', 'v1.pem', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES']],
    ['PKCS#8 in DER', 'p8.der', ['pkcs8', '-topk8', '-outform', 'DER']],
    ['the traditional form', 'traditional.pem', ['ec', '-aes256']],
  ] as const)
    it(`opens an encrypted key in ${sentence}, and tells a wrong and a missing password apart`, () => {
      const bytes = converted(name, [...words, '-in', path('key.pem'), '-passout', `pass:${password}`]);
      assert.equal(read(bytes).keys.length, 1);
      assert.equal(
        codeOf(() => read(bytes, 'another')),
        'KEY_PASSWORD_WRONG',
      );
      assert.equal(
        codeOf(() => read(bytes, null)),
        'KEY_PASSWORD_MISSING',
      );
    });
  it('reads keys in clear in every form', () => {
    for (const [name, words] of [
      ['plain.pem', ['pkey']],
      ['sec1.pem', ['ec']],
      ['plain.der', ['pkey', '-outform', 'DER']],
      ['sec1.der', ['ec', '-outform', 'DER']],
    ] as const)
      assert.equal(read(converted(name, [...words, '-in', path('key.pem')]), null).keys.length, 1, name);
  });
  it('reads PEM with text between its blocks, DER, and PKCS#7 in both forms', () => {
    const text = `Bag Attributes\n${readFileSync(path('certificate.pem'), 'utf8')}some words\n${readFileSync(path('key.pem'), 'utf8')}`;
    const mixed = read(new Uint8Array(Buffer.from(text)), null);
    assert.deepEqual([mixed.certificates.length, mixed.keys.length], [1, 1]);
    assert.equal(
      read(converted('c.der', ['x509', '-in', path('certificate.pem'), '-outform', 'DER'])).certificates.length,
      1,
    );
    for (const form of ['PEM', 'DER']) {
      const words = [
        'crl2pkcs7',
        '-nocrl',
        '-certfile',
        path('certificate.pem'),
        '-certfile',
        path('issuer.pem'),
        '-outform',
        form,
      ];
      assert.equal(read(converted(`c-${form}.p7b`, words)).certificates.length, 2);
    }
  });
  it('of five megabytes is refused before it is read, and one of a thousand certificates while it is', () => {
    const one = readFileSync(path('certificate.pem'), 'utf8');
    const large = new Uint8Array(Buffer.from(one.repeat(Math.ceil(5_000_000 / one.length))));
    assert.equal(
      codeOf(() => read(large)),
      'FILE_TOO_LARGE',
    );
    assert.equal(
      codeOf(() => read(new Uint8Array(Buffer.from(one.repeat(1000))))),
      'FILE_TOO_LARGE',
    );
  });
  it('that is none says so', () => {
    for (const bytes of [
      Buffer.from('no such thing'),
      Buffer.alloc(0),
      Buffer.from('-----BEGIN CERTIFICATE-----\nMII'),
      Buffer.alloc(300, 0x30),
    ])
      assert.equal(
        codeOf(() => read(new Uint8Array(bytes))),
        'FILE_UNREADABLE',
      );
  });
});
