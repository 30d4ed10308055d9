import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unknownExtension } from '../../generate/crl-author.ts';
import { nonceExtension } from '../../generate/ocsp-author.ts';
import { commonName, extension } from '../../vectors/certificate-author.ts';
import { writeChain } from '../../vectors/chain-author.ts';
import { bytes, element, hex, integer, none, objectIdentifier, octets, sequence } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { readCertificate } from '../certificate.ts';
import { hexadecimal } from '../hexadecimal.ts';
import { X509Error } from '../x509-error.ts';
import { certificateIdOf } from './ocsp-certificate-id.ts';
import type { CertificateId } from './ocsp-certificate-id.ts';
import { buildOcspRequest, readOcspRequest } from './ocsp-request.ts';

const chain = writeChain();
const certificate = readCertificate(chain.endEntity);
const issuer = readCertificate(chain.intermediate);

const shown = ({ hash, issuerNameHash, issuerKeyHash, serialNumber }: CertificateId) => [
  hash,
  ...[issuerNameHash, issuerKeyHash, serialNumber].map(hexadecimal),
];

describe('an OCSP request', () => {
  for (const hash of ['sha1', 'sha256', 'sha384', 'sha512'] as const)
    it(`names the certificate by ${hash}`, () => {
      const { ids, nonce, signed } = readOcspRequest(buildOcspRequest([{ certificate, issuer }], { hash }));
      assert.deepEqual(ids.map(shown), [shown(certificateIdOf(certificate, issuer, hash))]);
      assert.deepEqual([nonce, signed], [null, false]);
    });
  it('carries the nonce it was given', () => {
    const nonce = Uint8Array.of(1, 2, 3);
    assert.deepEqual(readOcspRequest(buildOcspRequest([{ certificate, issuer }], { nonce })).nonce, nonce);
  });
  it('asks about many certificates', () => {
    const questions = Array.from({ length: 200 }, () => ({ certificate, issuer }));
    assert.equal(readOcspRequest(buildOcspRequest(questions)).ids.length, 200);
  });
  it('with bytes behind it is refused', () => {
    const bytes = Uint8Array.from([...buildOcspRequest([{ certificate, issuer }]), 0]);
    assert.throws(() => readOcspRequest(bytes), X509Error);
  });
});

describe('building an OCSP request', () => {
  const question = { certificate, issuer };
  it('takes a nonce of 1 to 32 bytes', () => {
    for (const length of [0, 33])
      assert.throws(() => buildOcspRequest([question], { nonce: new Uint8Array(length) }), TypeError);
    for (const length of [1, 32])
      assert.equal(
        readOcspRequest(buildOcspRequest([question], { nonce: new Uint8Array(length) })).nonce?.length,
        length,
      );
    assert.equal(readOcspRequest(buildOcspRequest([question], { nonce: null })).nonce, null);
  });
  it('asks about one certificate at least', () => {
    assert.throws(() => buildOcspRequest([]), TypeError);
  });
  it('uses SHA-1 where nothing else is asked for', () => {
    assert.equal(readOcspRequest(buildOcspRequest([question])).ids[0]?.hash, 'sha1');
  });
  it('writes every length in its shortest form', () => {
    for (const count of [1, 2, 3, 4, 200])
      assert.equal(readOcspRequest(buildOcspRequest(Array.from({ length: count }, () => question))).ids.length, count);
  });
});

describe('reading an OCSP request', () => {
  const id = sequence(sequence(objectIdentifier('1.3.14.3.2.26')), octets(bytes(1)), octets(bytes(2)), integer(7));
  const list = sequence(sequence(id));
  const faultOf = (der: Bytes): string | null => {
    try {
      readOcspRequest(der);
    } catch (error) {
      if (error instanceof X509Error) return error.code;
      throw error;
    }
    return null;
  };
  const explicit = (tag: number, ...content: readonly Bytes[]): Bytes => element(tag, sequence(...content));

  it('knows a signature, a requestor, and extensions of the request and of a question', () => {
    const unknown = extension(unknownExtension(false));
    const nonce = extension(nonceExtension(hex('0102')));
    const requestor = element(0xa1, element(0xa4, commonName('Asker')));
    const questions = sequence(sequence(id, explicit(0xa0, unknown)), sequence(id));
    const read = readOcspRequest(
      sequence(sequence(requestor, questions, explicit(0xa2, unknown, nonce)), explicit(0xa0, sequence())),
    );
    assert.equal(read.signed, true);
    assert.equal(read.ids.length, 2);
    assert.deepEqual(read.nonce, hex('0102'));
    assert.deepEqual(
      read.extensions.list.map(({ type }) => type),
      [unknownExtension(false).type, '1.3.6.1.5.5.7.48.1.2'],
    );
  });
  it('refuses more than 64 KiB before it looks at them', () => {
    const sized = (length: number): Bytes => {
      const der = new Uint8Array(length);
      der.set(sequence(sequence(list)));
      return der;
    };
    assert.equal(faultOf(sized(64 * 1024)), 'X509_DER_TRAILING_BYTES');
    assert.equal(faultOf(sized(64 * 1024 + 1)), 'X509_INPUT_TOO_LARGE');
  });
  it('refuses a version that is written down', () => {
    assert.equal(faultOf(sequence(sequence(list))), null);
    assert.equal(faultOf(sequence(sequence(element(0xa0, integer(0)), list))), 'X509_DER_DEFAULT_ENCODED');
    assert.equal(faultOf(sequence(sequence(element(0xa0, integer(1)), list))), 'X509_VERSION_INVALID');
  });
  it('refuses one that asks nothing', () => {
    assert.equal(faultOf(sequence(sequence(sequence()))), 'X509_SEQUENCE_EMPTY');
  });
  it('refuses bytes behind any of its parts', () => {
    for (const der of [
      sequence(sequence(list), integer(1)),
      sequence(sequence(list, integer(1))),
      sequence(sequence(sequence(sequence(id, integer(1))))),
      sequence(sequence(list, element(0xa2, sequence(), integer(1)))),
      sequence(sequence(list), none, explicit(0xa0), integer(1)),
    ])
      assert.equal(faultOf(der), 'X509_DER_TRAILING_BYTES');
  });
});
