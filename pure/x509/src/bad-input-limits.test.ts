/** Bad input at the limits of what is read, and how reports name it: bounded time, own codes, no control characters. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alternativeNames,
  commonName,
  distinguishedName,
  ecdsaSha256,
  generalName,
  keyNamed,
  writeCertificate,
} from '../vectors/certificate-author.ts';
import type { CertificateSpec } from '../vectors/certificate-author.ts';
import { endEntitySpec, failingCodes, reportOn, writeChain } from '../vectors/chain-author.ts';
import type { Change } from '../vectors/chain-author.ts';
import { ascii, bytes, element, hex, integer, objectIdentifier, sequence, setOf, time } from '../vectors/der-writer.ts';
import { faultOf, readAll } from '../vectors/read-faults.ts';
import { explain, readCertificate } from './index.ts';

const write = (change: Change): Uint8Array => writeCertificate(endEntitySpec(change));
const spec = (change: Partial<CertificateSpec>): Uint8Array => writeCertificate({ ...endEntitySpec(), ...change });

const badText = (tag: number, ...content: number[]): Uint8Array =>
  distinguishedName(['2.5.4.3', element(tag, bytes(...content))]);
const rsaKey = (parameters: string, modulus: number) => ({
  ...keyNamed('x'),
  spki: sequence(
    sequence(objectIdentifier('1.2.840.113549.1.1.1'), hex(parameters)),
    element(3, bytes(0), sequence(integer(modulus), integer(3))),
  ),
});
const withoutNull = rsaKey('', 0x71);
const negativeKey = rsaKey('0500', 0x80);
const validFrom = (text: string, tag = 0x17): Uint8Array => write({ notBefore: element(tag, ascii(text)) });

describe('bad input to the reader of certificates, at its limits and in reports', () => {
  it('refuses a thousand elements inside each other', () => {
    let nested: Uint8Array = bytes(5, 0);
    for (let depth = 0; depth < 1000; depth++) nested = sequence(nested);
    assert.equal(faultOf(() => readAll(nested)).code, 'X509_DER_TRUNCATED');
    const inside = write({ set: [{ type: '2.5.29.37', value: nested }] });
    assert.equal(faultOf(() => readAll(inside)).code, 'X509_DER_TAG_UNEXPECTED');
  });

  it('reads years 0000 and 9999, and the pivot of UTCTime', () => {
    const read = readCertificate(
      write({ notBefore: element(0x18, ascii('00000101000000Z')), notAfter: time('9999-12-31T23:59:59Z') }),
    );
    assert.equal(new Date(read.notBefore).getUTCFullYear(), 0);
    assert.equal(new Date(read.notAfter).getUTCFullYear(), 9999);
    assert.equal(new Date(readCertificate(validFrom('500101000000Z')).notBefore).getUTCFullYear(), 1950);
    assert.equal(new Date(readCertificate(validFrom('491231235959Z')).notBefore).getUTCFullYear(), 2049);
  });

  for (const { sentence, change, code, before } of [
    {
      sentence: 'a negative serial number',
      change: { serial: integer(0x80) },
      code: 'X509_SERIAL_NUMBER_NEGATIVE',
      before: hex('020180'),
    },
    {
      sentence: 'a serial number of zero',
      change: { serial: integer(0) },
      code: 'X509_SERIAL_NUMBER_ZERO',
      before: hex('020100'),
    },
    {
      sentence: 'a huge serial number',
      change: { serial: element(2, new Uint8Array(5000).fill(1)) },
      code: 'X509_SERIAL_NUMBER_TOO_LONG',
      before: hex('02821388'),
    },
    { sentence: 'an empty issuer', change: { issuer: sequence() }, code: 'X509_ISSUER_EMPTY', before: hex('3000') },
    {
      sentence: 'the year 0000',
      change: { notBefore: element(0x18, ascii('00000101000000Z')) },
      code: 'X509_VALIDITY_FORM_WRONG',
      before: ascii('00000101000000Z'),
    },
    {
      sentence: 'a date before 2050 as GeneralizedTime',
      change: { notAfter: element(0x18, ascii('20271231235959Z')) },
      code: 'X509_VALIDITY_FORM_WRONG',
      before: ascii('20271231235959Z'),
    },
  ])
    it(`a report says where ${sentence} stands`, () => {
      const der = write(change);
      const { entries } = reportOn({ ...writeChain(), endEntity: der });
      const entry = entries.find((one) => one.code === code);
      const at = Buffer.from(der).indexOf(before);
      assert.ok(at > 0);
      // Of a number, its content; of a name, its header.
      assert.equal(entry?.evidence['position'], before[0] === 2 ? at + (before.length === 4 ? 4 : 2) : at);
    });

  it('accepts a certificate for ever (RFC 5280 §4.1.2.5: 99991231235959Z)', () => {
    const forever = { notAfter: time('9999-12-31T23:59:59Z') };
    assert.deepEqual(failingCodes(reportOn(writeChain({ endEntity: forever }))), []);
  });

  it('reads 10,000 names, and finds one of them', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => generalName.dns(`h${index}.example.com`));
    const chain = writeChain({ endEntity: { set: [alternativeNames(...names)] } });
    const report = reportOn(chain, {
      policy: { rules: { commonNameAmongAlternativeNames: false } },
      input: { name: { kind: 'dns', value: 'h9999.example.com' } },
    });
    assert.deepEqual(failingCodes(report), []);
  });

  it('refuses a certificate beyond 4 MiB without looking into it', () => {
    assert.equal(faultOf(() => readCertificate(new Uint8Array(4 * 1024 * 1024 + 1))).code, 'X509_INPUT_TOO_LARGE');
  });

  it('shows control characters of names escaped, so that they forge no line', () => {
    const shown = readCertificate(write({ subject: commonName('a\nb\u2028c,d\u202e\u200b') })).subject.toString();
    assert.equal(shown, String.raw`CN=a\0ab\e2\80\a8c\,d\e2\80\ae\e2\80\8b`);
  });

  for (const [sentence, change, code] of [
    ['a subject that is no UTF-8', { subject: badText(0x0c, 0xc3, 0x28) }, 'X509_NAME_STRING_INVALID'],
    ['a subject that is no BMPString', { subject: badText(0x1e, 0xd8, 0) }, 'X509_NAME_STRING_INVALID'],
    ['a subject with a NUL', { subject: badText(0x0c, 0x61, 0, 0x62) }, 'X509_NAME_EMBEDDED_NUL'],
    ['a subject with an empty relative name', { subject: sequence(setOf()) }, 'X509_NAME_MALFORMED'],
    ['a key without its NULL', { key: withoutNull }, 'X509_KEY_PARAMETERS_INVALID'],
    ['a key of a negative number', { key: negativeKey }, 'X509_KEY_MALFORMED'],
  ] as const) {
    it(`calls ${sentence} by its own code in a report, not a malformed extension`, () => {
      const chain = writeChain();
      const codes = failingCodes(reportOn(chain, { input: { leaf: readCertificate(spec(change)) } }));
      assert.ok(codes.includes(code), codes.join(' '));
      assert.ok(!codes.includes('X509_EXTENSION_MALFORMED'), codes.join(' '));
    });
  }

  it('sends no control character of an alternative name into a report or its explanation', () => {
    const names = alternativeNames(generalName.dns('a\x1b[2J\nb.example'), generalName.email('x\x07@y.example'));
    const report = reportOn({ ...writeChain({ endEntity: { set: [names] } }) });
    assert.equal(report.accepted, false);
    const shown = JSON.stringify(report.entries.map(({ message, evidence }) => [message, evidence]));
    assert.match(shown, /a\\\\u\{1b\}\[2J\\\\u\{a\}b\.example/);
    assert.doesNotMatch(shown, /\\n|\\u00/);
    assert.doesNotMatch(explain(report).replaceAll('\n', ''), /\p{Cc}/u);
  });

  it('keeps huge serial numbers as bytes', () => {
    const long = readCertificate(write({ serial: element(2, new Uint8Array(5000).fill(1)) }));
    assert.equal(long.serialNumber.length, 5000);
    assert.equal(ecdsaSha256.length, 12);
  });
});
