/** Bundles in BER, as Windows, old Java and OpenSSL's streams write them. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { derOfBer, deriveKey, readPkcs12 } from '@sallyport/key-files';
import { DerReader, Tag, X509Error, readPem } from '@sallyport/x509';
import { readInput } from './input-objects.ts';
import { runX509 } from './run.ts';

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`testdata/${name}`, import.meta.url)));
const concat = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const indefinite = (tag: number, ...content: readonly Uint8Array[]): Uint8Array =>
  concat(Uint8Array.of(tag, 0x80), ...content, hex('0000'));
/** In the longest form that is read here. */
const element = (tag: number, content: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(tag, 0x84, 0, content.length >> 16, (content.length >> 8) & 255, content.length & 255), content);

/** Octet strings in two pieces, one of them in pieces again. */
function inPieces(tag: number, content: Uint8Array): Uint8Array {
  const middle = content.length >> 1;
  const inner = indefinite(0x24, element(0x04, content.subarray(middle)), element(0x04, new Uint8Array()));
  return indefinite(tag, element(0x04, content.subarray(0, middle)), inner);
}

/** The same in BER: every constructed element of indefinite length, every octet string in pieces. @param keeps levels below are DER */
function berOf(der: Uint8Array, keeps = 99): Uint8Array {
  const reader = new DerReader(der);
  const tag = reader.next();
  const content = reader.content();
  if (keeps === 0) return reader.element();
  if (tag === Tag.octetString) return inPieces(0x24, content);
  if (tag === 0x80) return inPieces(0xa0, content);
  // Bundles are told by their first identifier, which nobody writes in the long form.
  if ((tag & 0x20) === 0) return tag === Tag.objectIdentifier ? reader.element() : element(tag, content);
  const parts: Uint8Array[] = [];
  const inside = reader.inside();
  while (!inside.done) {
    inside.next();
    parts.push(berOf(inside.element(), keeps - 1));
  }
  return indefinite(tag, ...parts);
}

/** A PKCS#12 file with its inner contents in BER too, under a MAC that covers them. */
function pkcs12InBer(der: Uint8Array, password: string): Uint8Array {
  const pfx = new DerReader(der).enter(Tag.sequence);
  pfx.next();
  const safe = pfx.enter(Tag.sequence);
  safe.next();
  const type = safe.element();
  const content = berOf(safe.enter(0xa0).expect(Tag.octetString).content());
  const mac = pfx.enter(Tag.sequence);
  const info = mac.enter(Tag.sequence);
  info.next();
  const algorithm = info.element();
  const salt = mac.expect(Tag.octetString).content();
  mac.next();
  const rounds = mac.content().reduce((sum, byte) => sum * 256 + byte, 0);
  const key = deriveKey({ hash: 'sha256', password, salt, rounds, purpose: 3, length: 32 });
  const digest = createHmac('sha256', key).update(content).digest();
  return indefinite(
    0x30,
    hex('020103'),
    indefinite(0x30, type, indefinite(0xa0, inPieces(0x24, content))),
    indefinite(0x30, indefinite(0x30, algorithm, inPieces(0x24, digest)), inPieces(0x24, salt), mac.element()),
  );
}

const show = async (
  bytes: Uint8Array,
  ...options: readonly string[]
): Promise<{ status: number; code: string; count: number }> => {
  let out = '';
  const io = { complain: () => {}, read: () => bytes, now: () => 0 };
  const status = await runX509(['show', '-', '--json', ...options], { ...io, print: (text) => (out += text) });
  const document = JSON.parse(out) as { code: string; objects?: unknown[] };
  return { status, code: document.code, count: document.objects?.length ?? 0 };
};
const bundle = readPem(Buffer.from(file('bundle.p7')).toString('latin1'))[0]?.der ?? new Uint8Array();

describe('bundles in BER', () => {
  for (const name of ['stream.p7', 'stream.pem'])
    it(`shows the certificates of ${name}, which openssl wrote as a stream`, async () => {
      assert.deepEqual(await show(file(name)), { status: 0, code: 'X509_READ', count: 2 });
    });

  it('reads PKCS#7 whose envelope is of indefinite lengths, and its certificates byte for byte', () => {
    const ders = (bytes: Uint8Array) => readInput(bytes, '').map(({ der }) => Buffer.from(der).toString('hex'));
    assert.deepEqual(ders(berOf(bundle, 4)), ders(bundle));
    assert.equal(ders(bundle).length, 3);
  });

  it('reads PKCS#12 in indefinite lengths with its octet strings in pieces, and still holds it to its MAC', async () => {
    const der = file('aes.p12');
    const ber = pkcs12InBer(der, 'geheim');
    assert.deepEqual(readPkcs12(ber, 'geheim'), readPkcs12(der, 'geheim'));
    assert.deepEqual(await show(ber, '--password', 'geheim'), { status: 0, code: 'X509_READ', count: 2 });
    assert.equal((await show(ber, '--password', 'falsch')).code, 'PKCS12_PASSWORD_WRONG');
  });

  it('hands a bundle in DER on as it is', () => assert.equal(derOfBer(bundle), bundle));

  it('makes no DER of a certificate within: it is refused as it stands', async () => {
    assert.deepEqual(await show(berOf(bundle, 5)), { status: 1, code: 'X509_DER_LENGTH_INDEFINITE', count: 0 });
  });

  const signedData = hex('06092a864886f70d010702');
  for (const [sentence, bytes, code] of [
    ['that never ends', concat(hex('3080'), signedData, hex('a080 3080 0201')), 'X509_DER_TRUNCATED'],
    ['whose end is missing', file('stream.p7').subarray(0, -2), 'X509_DER_TRUNCATED'],
    ['with bytes behind its end', concat(file('stream.p7'), hex('00')), 'X509_DER_TRAILING_BYTES'],
    [
      'of a thousand levels',
      concat(hex('3080'), signedData, ...Array.from({ length: 1000 }, () => hex('3080'))),
      'X509_DER_TOO_DEEP',
    ],
    [
      'with an octet string of other pieces',
      concat(hex('3080'), signedData, hex('a080 2480 020101 0000 0000 0000')),
      'X509_DER_TAG_UNEXPECTED',
    ],
    [
      'of a length in nine bytes',
      concat(hex('3080'), signedData, hex('a089 000000000000000001 00 0000')),
      'X509_DER_LENGTH_TOO_LARGE',
    ],
  ] as const)
    it(`refuses one ${sentence}`, async () => {
      assert.deepEqual(await show(bytes), { status: 1, code, count: 0 });
    });

  it('throws nothing but its own error where a bundle is cut off or changed', () => {
    const whole = pkcs12InBer(file('aes.p12'), 'geheim');
    const stream = file('stream.p7');
    for (let at = 0; at < 400; at++)
      for (const hostile of [
        stream.subarray(0, at),
        stream.with(at, 0xff),
        stream.with(at, 0x80),
        whole.with(at, 0x24),
      ])
        try {
          derOfBer(hostile);
        } catch (error) {
          assert.ok(error instanceof X509Error && error.position <= hostile.length, String(error));
        }
  });

  it('looks into no bundle beyond 64 MiB', () => {
    const large = new Uint8Array(64 * 1024 * 1024 + 1);
    assert.throws(() => derOfBer(large), { code: 'X509_INPUT_TOO_LARGE' });
  });
});
