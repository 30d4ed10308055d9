import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { largeCrlSerial, reasonCode, writeCrl, writeLargeCrl } from '../../generate/crl-author.ts';
import { commonName, keyNamed } from '../../vectors/certificate-author.ts';
import { X509Error } from '../x509-error.ts';
import { CrlIndex } from './crl-index.ts';
import { readCrl } from './crl.ts';

const base = { issuer: commonName('Root'), signer: keyNamed('root') };
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof X509Error) return `${error.code} at ${error.position}`;
    throw error;
  }
  return 'no error';
};

describe('a CRL', () => {
  it('finds every entry of a long list, and no other', () => {
    const crl = readCrl(writeLargeCrl(20_000, true));
    assert.equal(crl.index.count, 20_000);
    for (let index = 0; index < 20_000; index += 7) assert.equal(crl.find(largeCrlSerial(index))?.reason, 4);
    for (let index = 20_000; index < 21_000; index++) assert.equal(crl.find(largeCrlSerial(index)), null);
  });
  it('grows its index where the first entry is no measure of the others', () => {
    const long = { serial: Uint8Array.from({ length: 100 }, () => 0x55), extensions: [reasonCode(1)] };
    const short = Array.from({ length: 3000 }, (_, index) => ({ serial: Uint8Array.of(1, index >> 8, index & 255) }));
    const crl = readCrl(writeCrl({ ...base, entries: [long, ...short] }));
    assert.ok(short.every(({ serial }) => crl.find(serial) !== null));
    assert.equal(crl.find(long.serial)?.reason, 1);
  });
  it('can be asked through an index that was kept beside it', () => {
    const der = writeLargeCrl(500);
    const { seed, slots, count, issuerStarts } = readCrl(der).index.toParts();
    const kept = new CrlIndex(der, { seed, slots: Uint32Array.from(slots), count, issuerStarts });
    assert.notEqual(kept.offsetOf(largeCrlSerial(3)), 0);
    assert.equal(kept.offsetOf(largeCrlSerial(501)), 0);
  });
  it('hands out its entries in order', () => {
    const serials = [5, 3, 9].map((value) => ({ serial: Uint8Array.of(value) }));
    assert.deepEqual(
      [...readCrl(writeCrl({ ...base, entries: serials })).entries()].map(({ serial }) => serial),
      ['05', '03', '09'],
    );
  });
  it('of 200 MB is refused before it is looked at', () => {
    assert.equal(
      codeOf(() => readCrl(new Uint8Array(200 * 1024 * 1024))),
      `X509_INPUT_TOO_LARGE at ${128 * 1024 * 1024}`,
    );
  });
  it('of a size that was asked for is read', () => {
    const der = writeLargeCrl(100);
    assert.match(
      codeOf(() => readCrl(der, { maximumBytes: der.length - 1 })),
      /^X509_INPUT_TOO_LARGE/,
    );
    assert.equal(readCrl(der, { maximumBytes: der.length }).index.count, 100);
  });
  it('with one serial number in masses is refused instead of being slow', () => {
    const entries = Array.from({ length: 20_000 }, () => ({ serial: Uint8Array.of(7) }));
    assert.match(
      codeOf(() => readCrl(writeCrl({ ...base, entries }))),
      /^X509_CRL_MALFORMED/,
    );
  });
  it('that is cut off anywhere is refused with the own error', () => {
    const der = writeCrl({ ...base, entries: [{ serial: Uint8Array.of(7), extensions: [reasonCode(1)] }] });
    for (let length = 0; length < der.length; length++)
      assert.match(
        codeOf(() => readCrl(der.subarray(0, length))),
        /^X509_DER_TRUNCATED/,
      );
  });
});
