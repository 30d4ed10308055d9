import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generalizedTime } from '../../generate/crl-author.ts';
import { certificateId, nonceExtension, ocspEnvelope } from '../../generate/ocsp-author.ts';
import { commonName, ecdsaSha256, extension, keyNamed } from '../../vectors/certificate-author.ts';
import { writeChain } from '../../vectors/chain-author.ts';
import {
  bits,
  bytes,
  element,
  hex,
  integer,
  none,
  objectIdentifier,
  octets,
  sequence,
} from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { formatInstant } from '../instant.ts';
import { X509Error } from '../x509-error.ts';
import { readOcspResponse } from './ocsp-response.ts';
import type { BasicOcspResponse } from './ocsp-response.ts';

const noon = generalizedTime('2026-06-15T12:00:00Z');
const name = element(0xa1, commonName('Root'));
const id = certificateId({ issuer: commonName('Root'), issuerKey: keyNamed('root'), serial: bytes(7) });
const good = element(0x80);
const single = (...content: readonly Bytes[]): Bytes => sequence(id, ...content);
const data = (...content: readonly Bytes[]): Bytes => sequence(...content);
const usual = data(name, noon, sequence(single(good, noon)));
const basic = (tbs: Bytes, ...rest: readonly Bytes[]): Bytes =>
  ocspEnvelope(0, sequence(tbs, ecdsaSha256, bits(bytes(1)), ...rest));

function read(der: Bytes): BasicOcspResponse {
  const { status, basic: content } = readOcspResponse(der);
  assert.equal(status, 'successful');
  assert.ok(content);
  return content;
}

function faultOf(der: Bytes): string | null {
  try {
    readOcspResponse(der);
  } catch (error) {
    if (error instanceof X509Error) return error.code;
    throw error;
  }
  return null;
}
const faultOfData = (...content: readonly Bytes[]): string | null => faultOf(basic(data(...content)));
const faultOfSingle = (...content: readonly Bytes[]): string | null =>
  faultOfData(name, noon, sequence(single(...content)));

describe('an OCSP response is read', () => {
  it('with its times, its responder and its answers', () => {
    const until = generalizedTime('2026-06-20T00:00:00Z');
    const nonce = element(0xa1, sequence(extension(nonceExtension(hex('0102')))));
    const content = read(basic(data(name, noon, sequence(single(good, noon, element(0xa0, until))), nonce)));
    assert.equal(formatInstant(content.producedAt), '2026-06-15T12:00:00Z');
    assert.equal(content.responderId.kind === 'name' && content.responderId.name.toString(), 'CN=Root');
    assert.deepEqual(content.nonce, hex('0102'));
    const byKey = read(basic(data(element(0xa2, octets(new Uint8Array(20).fill(7))), noon, sequence()))).responderId;
    assert.deepEqual(byKey, { kind: 'key', keyHash: new Uint8Array(20).fill(7) });
    const [answer] = content.responses;
    assert.ok(answer?.nextUpdate);
    assert.equal(formatInstant(answer.nextUpdate), '2026-06-20T00:00:00Z');
    assert.deepEqual([answer.status, answer.reason, answer.revocationDate], ['good', null, null]);
    assert.deepEqual(content.certificates, []);
  });
  it('with the reason and the date of a revocation', () => {
    const info = element(0xa1, noon, element(0xa0, element(0x0a, bytes(4))));
    const [answer] = read(basic(data(name, noon, sequence(single(info, noon))))).responses;
    assert.equal(answer?.status, 'revoked');
    assert.equal(answer.reason, 4);
    assert.equal(answer.revocationDate === null ? '' : formatInstant(answer.revocationDate), '2026-06-15T12:00:00Z');
  });
  it('with up to 32 certificates, of which those that do not read as one are dropped', () => {
    const { root } = writeChain();
    const content = read(basic(usual, element(0xa0, sequence(root, sequence(integer(1)), root))));
    assert.equal(content.certificates.length, 2);
    const many = (count: number): Bytes => element(0xa0, sequence(...Array.from({ length: count }, () => root)));
    assert.equal(read(basic(usual, many(32))).certificates.length, 32);
    assert.equal(faultOf(basic(usual, many(33))), 'X509_INPUT_TOO_LARGE');
  });
  it('up to 1 MiB', () => {
    const padded = (length: number): Bytes => {
      const der = new Uint8Array(length);
      der.set(sequence(element(0x0a, bytes(3))));
      return der;
    };
    assert.equal(faultOf(padded(1024 * 1024)), 'X509_DER_TRAILING_BYTES');
    assert.equal(faultOf(padded(1024 * 1024 + 1)), 'X509_INPUT_TOO_LARGE');
  });
  it('where it says nothing but its status', () => {
    assert.deepEqual(readOcspResponse(ocspEnvelope(3)), { status: 'tryLater', basic: null });
  });
});

describe('an OCSP response is refused', () => {
  it('with bytes behind any of its parts', () => {
    const more = integer(1);
    const success = element(0x0a, bytes(0));
    const type = objectIdentifier('1.3.6.1.5.5.7.48.1.1');
    const content = sequence(usual, ecdsaSha256, bits(bytes(1)));
    const answers = sequence(single(good, noon));
    const reason = element(0xa0, element(0x0a, bytes(1)));
    const nonce = extension({ ...nonceExtension(none), value: Uint8Array.from([...octets(bytes(1)), 5, 0]) });
    assert.equal(faultOf(sequence(success, element(0xa0, sequence(type, octets(content))))), null);
    for (const [place, der] of [
      Uint8Array.from([...basic(usual), 0]),
      sequence(element(0x0a, bytes(3)), more),
      sequence(success, element(0xa0, sequence(type, octets(content))), more),
      sequence(success, element(0xa0, sequence(type, octets(content)), more)),
      sequence(success, element(0xa0, sequence(type, octets(content), more))),
      sequence(success, element(0xa0, sequence(type, octets(content, more)))),
      basic(usual, element(0xa0, sequence()), more),
      basic(usual, element(0xa0, sequence(), more)),
      basic(data(name, noon, answers, element(0xa1, sequence(), more))),
      basic(data(name, noon, answers, element(0xa1, sequence(nonce)))),
      basic(data(name, noon, answers, more)),
      basic(data(element(0xa0, integer(0), more), name, noon, answers)),
      basic(data(name, noon, sequence(single(good, noon, element(0xa0, noon, more))))),
      basic(data(name, noon, sequence(single(element(0xa1, noon, reason, more), noon)))),
      basic(
        data(name, noon, sequence(single(element(0xa1, noon, element(0xa0, element(0x0a, bytes(1)), more)), noon))),
      ),
      basic(data(element(0xa1, commonName('Root'), more), noon, answers)),
      basic(data(element(0xa2, octets(new Uint8Array(20)), more), noon, answers)),
      basic(data(name, noon, sequence(single(good, noon, more)))),
    ].entries())
      assert.equal(faultOf(der), 'X509_DER_TRAILING_BYTES', String(place));
  });
  it('with a status or a reason that does not exist', () => {
    assert.equal(faultOf(ocspEnvelope(4)), 'X509_OCSP_MALFORMED');
    assert.equal(faultOf(ocspEnvelope(7)), 'X509_OCSP_MALFORMED');
    const because = (code: number): Bytes => element(0xa1, noon, element(0xa0, element(0x0a, bytes(code))));
    assert.equal(faultOfSingle(because(7), noon), 'X509_OCSP_MALFORMED');
    assert.equal(faultOfSingle(because(10), noon), null);
    assert.equal(faultOfSingle(because(11), noon), 'X509_OCSP_MALFORMED');
  });
  it('of a type that is not the basic one', () => {
    const der = sequence(
      element(0x0a, bytes(0)),
      element(0xa0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.2'), octets(sequence()))),
    );
    assert.equal(faultOf(der), 'X509_OCSP_MALFORMED');
  });
  it('with a version, which is written down only where it is another than the first', () => {
    assert.equal(faultOfData(element(0xa0, integer(0)), name, noon, sequence()), 'X509_DER_DEFAULT_ENCODED');
    assert.equal(faultOfData(element(0xa0, integer(1)), name, noon, sequence()), 'X509_VERSION_INVALID');
  });
  it('with a responder that is named otherwise than by name or key', () => {
    for (const content of [commonName('Root'), octets(new Uint8Array(20))])
      assert.equal(faultOfData(element(0xa3, content), noon, sequence()), 'X509_DER_TAG_UNEXPECTED');
    assert.equal(faultOfData(element(0xa2, octets(new Uint8Array(19))), noon, sequence()), 'X509_OCSP_MALFORMED');
    assert.equal(faultOfData(element(0xa2, octets(new Uint8Array(20))), noon, sequence()), null);
    assert.notEqual(faultOfData(element(0xa1, sequence(sequence())), noon, sequence()), null);
  });
  it('with a status that is none', () => {
    assert.equal(faultOfSingle(element(0x83), noon), 'X509_DER_TAG_UNEXPECTED');
    for (const tag of [0x80, 0x82]) {
      assert.equal(faultOfSingle(element(tag), noon), null);
      assert.equal(faultOfSingle(element(tag, bytes(1)), noon), 'X509_DER_NULL_INVALID');
    }
  });
  it('with times that are no GeneralizedTime', () => {
    assert.notEqual(faultOfData(name, element(0x17, hex('3236303630313030303030305a')), sequence()), null);
    assert.notEqual(faultOfSingle(good, none), null);
  });
  it('with a nonce that is no OCTET STRING', () => {
    const nonce = (value: Bytes): Bytes => element(0xa1, sequence(extension({ ...nonceExtension(none), value })));
    assert.notEqual(faultOfData(name, noon, sequence(), nonce(integer(1))), null);
    assert.equal(faultOfData(name, noon, sequence(), nonce(octets(bytes(1)))), null);
  });
  it('at the place where the nonce stands', () => {
    const der = basic(
      data(name, noon, sequence(), element(0xa1, sequence(extension({ ...nonceExtension(none), value: integer(1) })))),
    );
    assert.throws(
      () => readOcspResponse(der),
      (error) => error instanceof X509Error && der[error.position] === 0x02,
    );
  });
});

describe('the identifier of a certificate in an OCSP response', () => {
  const withAlgorithm = (...algorithm: readonly Bytes[]): Bytes =>
    basic(
      data(
        name,
        noon,
        sequence(
          sequence(sequence(sequence(...algorithm), octets(bytes(1)), octets(bytes(2)), integer(7)), good, noon),
        ),
      ),
    );
  const hashOf = (der: Bytes): string | null | undefined => read(der).responses[0]?.id.hash;

  it('names its hash with or without NULL', () => {
    assert.equal(hashOf(withAlgorithm(objectIdentifier('1.3.14.3.2.26'))), 'sha1');
    assert.equal(hashOf(withAlgorithm(objectIdentifier('2.16.840.1.101.3.4.2.2'), hex('0500'))), 'sha384');
  });
  it('may be of a hash that is not known here', () => {
    assert.equal(hashOf(withAlgorithm(objectIdentifier('1.2.3.4'), integer(1))), null);
  });
  it('is refused with other parameters of a hash that is known, or with more than parameters', () => {
    const sha1 = objectIdentifier('1.3.14.3.2.26');
    for (const parameters of [integer(1), element(0x05, bytes(0)), octets()])
      assert.equal(faultOf(withAlgorithm(sha1, parameters)), 'X509_OCSP_MALFORMED');
    assert.equal(faultOf(withAlgorithm(sha1, hex('0500'), hex('0500'))), 'X509_DER_TRAILING_BYTES');
  });
  it('is refused with a serial number that is not as short as can be, or with more than that', () => {
    const withSerial = (...serial: readonly Bytes[]): Bytes => {
      const algorithm = sequence(objectIdentifier('1.3.14.3.2.26'));
      const own = sequence(algorithm, octets(bytes(1)), octets(bytes(2)), ...serial);
      return basic(data(name, noon, sequence(sequence(own, good, noon))));
    };
    assert.equal(faultOf(withSerial(integer(7))), null);
    assert.equal(faultOf(withSerial(integer(0, 7))), 'X509_DER_INTEGER_INVALID');
    assert.equal(faultOf(withSerial(integer(7), integer(7))), 'X509_DER_TRAILING_BYTES');
  });
});
