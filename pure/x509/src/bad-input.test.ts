/** Bad input: each has a code and a position, nothing else is thrown, and reading it takes bounded time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alternativeNames,
  commonName,
  distinguishedName,
  extension,
  generalName,
  keyNamed,
  rsaSha256,
  writeCertificate,
} from '../vectors/certificate-author.ts';
import type { CertificateSpec } from '../vectors/certificate-author.ts';
import { endEntitySpec, reportOn, writeChain } from '../vectors/chain-author.ts';
import type { Change } from '../vectors/chain-author.ts';
import {
  ascii,
  bytes,
  concat,
  element,
  hex,
  integer,
  none,
  objectIdentifier,
  octets,
  sequence,
  setOf,
  utf8,
} from '../vectors/der-writer.ts';
import { faultOf, readAll } from '../vectors/read-faults.ts';
import { readCertificate } from './index.ts';

const good = writeCertificate(endEntitySpec());
const write = (change: Change): Uint8Array => writeCertificate(endEntitySpec(change));
const spec = (change: Partial<CertificateSpec>): Uint8Array => writeCertificate({ ...endEntitySpec(), ...change });

const changedAt = (der: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = Uint8Array.from(der);
  copy[at] = value;
  return copy;
};
const twice = concat(
  extension(alternativeNames(generalName.dns('a.example'))),
  extension(alternativeNames(generalName.dns('b.example'))),
);
const named = (value: Uint8Array): Uint8Array => write({ subject: distinguishedName(['2.5.4.3', value]) });
const validFrom = (text: string, tag = 0x17): Uint8Array => write({ notBefore: element(tag, ascii(text)) });

describe('bad input to the reader of certificates', () => {
  for (const { sentence, der, code, position } of [
    { sentence: 'nothing at all', der: none, code: 'X509_DER_TRUNCATED', position: 0 },
    {
      sentence: 'a certificate cut off in the middle',
      der: good.subarray(0, 200),
      code: 'X509_DER_TRUNCATED',
      position: 0,
    },
    {
      sentence: 'a byte behind the end',
      der: concat(good, bytes(0)),
      code: 'X509_DER_TRAILING_BYTES',
      position: good.length,
    },
    {
      sentence: 'a length in more bytes than needed',
      der: concat(hex('3083 00'), good.subarray(2)),
      code: 'X509_DER_LENGTH_NOT_MINIMAL',
      position: 1,
    },
    {
      sentence: 'a short length in the long form',
      der: hex('3081 03 020101'),
      code: 'X509_DER_LENGTH_NOT_MINIMAL',
      position: 1,
    },
    { sentence: 'a length of five bytes', der: hex('3085 0100000000'), code: 'X509_DER_LENGTH_TOO_LARGE', position: 1 },
    { sentence: 'the indefinite form', der: hex('3080 0000'), code: 'X509_DER_LENGTH_INDEFINITE', position: 1 },
    { sentence: 'a length beyond the end', der: hex('3084 7fffffff'), code: 'X509_DER_TRUNCATED', position: 0 },
    { sentence: 'a high tag number', der: hex('3f 81 00 00'), code: 'X509_DER_TAG_UNSUPPORTED', position: 0 },
    { sentence: 'another type than a certificate', der: hex('0400'), code: 'X509_DER_TAG_UNEXPECTED', position: 0 },
    {
      sentence: 'a serial number with a needless zero',
      der: write({ serial: integer(0, 1) }),
      code: 'X509_DER_INTEGER_INVALID',
      position: 15,
    },
    {
      sentence: 'a serial number without content',
      der: write({ serial: element(2) }),
      code: 'X509_DER_INTEGER_INVALID',
      position: 15,
    },
    {
      sentence: 'version 1 written out',
      der: write({ version: element(0xa0, integer(0)) }),
      code: 'X509_DER_DEFAULT_ENCODED',
    },
    { sentence: 'version 4', der: write({ version: element(0xa0, integer(3)) }), code: 'X509_VERSION_INVALID' },
    { sentence: 'extensions in version 1', der: write({ version: none }), code: 'X509_FIELD_NEEDS_LATER_VERSION' },
    {
      sentence: 'different algorithms inside and outside',
      der: spec({ outerAlgorithm: rsaSha256 }),
      code: 'X509_ALGORITHM_MISMATCH',
    },
    {
      sentence: 'an extension twice',
      der: spec({ extensionBytes: element(0xa3, sequence(twice)) }),
      code: 'X509_EXTENSION_DUPLICATE',
    },
    {
      sentence: 'an empty list of extensions',
      der: spec({ extensionBytes: element(0xa3, sequence()) }),
      code: 'X509_SEQUENCE_EMPTY',
    },
    {
      sentence: 'critical FALSE written out',
      der: spec({
        extensionBytes: element(0xa3, sequence(sequence(objectIdentifier('1.2.3'), hex('010100'), octets()))),
      }),
      code: 'X509_DER_DEFAULT_ENCODED',
    },
    {
      sentence: 'critical neither TRUE nor FALSE',
      der: spec({
        extensionBytes: element(0xa3, sequence(sequence(objectIdentifier('1.2.3'), hex('010101'), octets()))),
      }),
      code: 'X509_DER_BOOLEAN_INVALID',
    },
    {
      sentence: '201 extensions',
      der: spec({
        extensionBytes: element(
          0xa3,
          sequence(...Array.from({ length: 201 }, (_, index) => extension({ type: `1.2.${index + 1}`, value: none }))),
        ),
      }),
      code: 'X509_INPUT_TOO_LARGE',
    },
    {
      sentence: 'cA FALSE written out',
      der: write({ set: [{ type: '2.5.29.19', value: sequence(hex('010100')) }] }),
      code: 'X509_DER_DEFAULT_ENCODED',
    },
    {
      sentence: 'a negative path length',
      der: write({ set: [{ type: '2.5.29.19', value: sequence(hex('0101ff'), integer(0xff)) }] }),
      code: 'X509_DER_INTEGER_INVALID',
    },
    {
      sentence: 'a huge path length',
      der: write({
        set: [{ type: '2.5.29.19', value: sequence(hex('0101ff'), element(2, new Uint8Array(1000).fill(7))) }],
      }),
      code: 'X509_DER_INTEGER_INVALID',
    },
    {
      sentence: 'a keyUsage without a bit',
      der: write({ set: [{ type: '2.5.29.15', value: hex('030100') }] }),
      code: 'X509_DER_BIT_STRING_INVALID',
    },
    {
      sentence: 'a keyUsage with trailing zero bits',
      der: write({ set: [{ type: '2.5.29.15', value: hex('03020080a0').subarray(0, 4) }] }),
      code: 'X509_DER_BIT_STRING_INVALID',
    },
    {
      sentence: 'an empty extKeyUsage',
      der: write({ set: [{ type: '2.5.29.37', value: sequence() }] }),
      code: 'X509_SEQUENCE_EMPTY',
    },
    {
      sentence: 'an extension with bytes behind its value',
      der: write({ set: [{ type: '2.5.29.37', value: concat(sequence(objectIdentifier('1.2.3')), bytes(5, 0)) }] }),
      code: 'X509_DER_TRAILING_BYTES',
    },
    {
      sentence: 'an object identifier that is cut off',
      der: write({ set: [{ type: '2.5.29.37', value: sequence(hex('06028680')) }] }),
      code: 'X509_DER_OBJECT_IDENTIFIER_INVALID',
    },
    {
      sentence: 'an object identifier with a padded arc',
      der: write({ set: [{ type: '2.5.29.37', value: sequence(hex('06038000 01')) }] }),
      code: 'X509_DER_OBJECT_IDENTIFIER_INVALID',
    },
    { sentence: 'UTF-8 that is none', der: named(element(0x0c, bytes(0xc3, 0x28))), code: 'X509_DER_STRING_INVALID' },
    {
      sentence: 'UTF-8 in more bytes than needed',
      der: named(element(0x0c, bytes(0xc0, 0x80))),
      code: 'X509_DER_STRING_INVALID',
    },
    {
      sentence: 'a BMPString of odd length',
      der: named(element(0x1e, bytes(0, 0x41, 0))),
      code: 'X509_DER_STRING_INVALID',
    },
    {
      sentence: 'a BMPString with a surrogate',
      der: named(element(0x1e, bytes(0xd8, 0))),
      code: 'X509_DER_STRING_INVALID',
    },
    {
      sentence: 'a NUL within a name',
      der: named(utf8('a\0b')),
      code: 'X509_NAME_EMBEDDED_NUL',
      position: Buffer.from(named(utf8('a\0b'))).indexOf(Buffer.from('a\0b')) + 1,
    },
    {
      sentence: 'a NUL within a name of two bytes a character',
      der: named(element(0x1e, bytes(0, 0x41, 0, 0))),
      code: 'X509_NAME_EMBEDDED_NUL',
    },
    {
      sentence: 'a NUL within a DNS name',
      der: write({ set: [alternativeNames(generalName.dns('jira.example.com\0.evil.example'))] }),
      code: 'X509_NAME_EMBEDDED_NUL',
    },
    {
      sentence: 'a UniversalString beyond Unicode',
      der: named(element(0x1c, bytes(0, 0x11, 0, 0))),
      code: 'X509_DER_STRING_INVALID',
    },
    {
      sentence: 'a PrintableString that is not printable',
      der: named(element(0x13, ascii('a<b'))),
      code: 'X509_DER_STRING_INVALID',
    },
    {
      sentence: 'a relative name without attributes',
      der: write({ subject: sequence(setOf()) }),
      code: 'X509_SEQUENCE_EMPTY',
    },
    {
      sentence: 'a relative name out of order',
      der: write({
        subject: sequence(
          setOf(sequence(objectIdentifier('2.5.4.10'), utf8('b')), sequence(objectIdentifier('2.5.4.3'), utf8('a'))),
        ),
      }),
      code: 'X509_DER_SET_NOT_SORTED',
    },
    {
      sentence: '1001 relative names',
      der: write({ subject: distinguishedName(...Array.from({ length: 1001 }, () => ['2.5.4.3', 'a'] as const)) }),
      code: 'X509_NAME_MALFORMED',
    },
    { sentence: 'the thirtieth of February', der: validFrom('260230000000Z'), code: 'X509_DER_TIME_INVALID' },
    { sentence: 'a leap second', der: validFrom('161231235960Z'), code: 'X509_DER_TIME_INVALID' },
    { sentence: 'a time without seconds', der: validFrom('2601010000Z'), code: 'X509_DER_TIME_INVALID' },
    { sentence: 'a time with an offset', der: validFrom('260101000000+0000'), code: 'X509_DER_TIME_INVALID' },
    { sentence: 'a time with a fraction', der: validFrom('20500101000000.5Z', 0x18), code: 'X509_DER_TIME_INVALID' },
    { sentence: 'month 13', der: validFrom('261301000000Z'), code: 'X509_DER_TIME_INVALID' },
    { sentence: 'hour 24', der: validFrom('260101240000Z'), code: 'X509_DER_TIME_INVALID' },
    {
      sentence: 'a signature that is no whole bytes',
      der: changedAt(good, good.length - readCertificate(good).signature.length - 1, 1),
      code: 'X509_DER_BIT_STRING_INVALID',
    },
    {
      sentence: 'an RSA key that is negative',
      der: spec({
        key: {
          ...keyNamed('x'),
          spki: sequence(
            sequence(objectIdentifier('1.2.840.113549.1.1.1'), hex('0500')),
            element(3, bytes(0), sequence(integer(0x80), integer(3))),
          ),
        },
      }),
      code: 'X509_KEY_MALFORMED',
    },
    ...(
      [
        ['an RSA key without parameters', '1.2.840.113549.1.1.1', ''],
        ['an RSA key with other parameters than NULL', '1.2.840.113549.1.1.1', '0400'],
        ['an RSA key with a NULL that has content', '1.2.840.113549.1.1.1', '050100'],
        ['an Ed25519 key with parameters', '1.3.101.112', '0500'],
        ['an EC key with more than its curve', '1.2.840.10045.2.1', '06082a8648ce3d030107 0500'],
      ] as const
    ).map(([sentence, type, parameters]) => ({
      sentence,
      der: spec({
        key: {
          ...keyNamed('x'),
          spki: sequence(
            sequence(objectIdentifier(type), hex(parameters)),
            element(3, bytes(0), sequence(integer(0x71), integer(3))),
          ),
        },
      }),
      code: 'X509_KEY_PARAMETERS_INVALID' as const,
      position: undefined,
    })),
    {
      sentence: 'an Ed25519 key of the wrong length',
      der: spec({
        key: {
          ...keyNamed('x'),
          spki: sequence(sequence(objectIdentifier('1.3.101.112')), element(3, bytes(0), new Uint8Array(31))),
        },
      }),
      code: 'X509_KEY_MALFORMED',
    },
    {
      sentence: 'an authority identified by name without serial number',
      der: write({
        set: [{ type: '2.5.29.35', value: sequence(element(0xa1, generalName.directory(commonName('R')))) }],
      }),
      code: 'X509_GENERAL_NAME_MALFORMED',
    },
    {
      sentence: 'an empty list of distribution points',
      der: write({ set: [{ type: '2.5.29.31', value: sequence() }] }),
      code: 'X509_SEQUENCE_EMPTY',
    },
    {
      sentence: 'a distribution point of reasons only',
      der: write({ set: [{ type: '2.5.29.31', value: sequence(sequence(hex('81020640'))) }] }),
      code: 'X509_SEQUENCE_EMPTY',
    },
    {
      sentence: 'an empty information access',
      der: write({ set: [{ type: '1.3.6.1.5.5.7.1.1', value: sequence() }] }),
      code: 'X509_SEQUENCE_EMPTY',
    },
    {
      sentence: 'timestamps whose lengths do not add up',
      der: write({ set: [{ type: '1.3.6.1.4.1.11129.2.4.2', value: octets(bytes(0, 9, 1)) }] }),
      code: 'X509_DER_STRING_INVALID',
    },
  ] as const) {
    it(`refuses ${sentence}`, () => {
      const fault = faultOf(() => readAll(der));
      assert.equal(fault.code, code);
      if (position !== undefined) assert.equal(fault.position, position);
      const chain = writeChain();
      assert.equal(reportOn({ ...chain, endEntity: der }).accepted, false);
      assert.equal(
        reportOn(chain, { input: { others: [der, chain.intermediate] } }).accepted,
        true,
        'junk in the bag harms nothing',
      );
    });
  }

  it('refuses every certificate that is cut off, wherever', () => {
    for (let length = 0; length < good.length; length++) faultOf(() => readAll(good.subarray(0, length)));
  });

  it('throws nothing but its own error for any byte changed, and accepts none of them as signed', () => {
    const chain = writeChain();
    for (let at = 0; at < chain.endEntity.length; at++) {
      const damaged = changedAt(chain.endEntity, at, (chain.endEntity[at] ?? 0) ^ 0x15);
      const report = reportOn({ ...chain, endEntity: damaged });
      assert.equal(report.accepted, false, `byte ${at}`);
    }
  });
});
