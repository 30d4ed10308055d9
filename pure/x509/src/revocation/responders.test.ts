/** OCSP responders of an intermediate authority: whose certificates hang on further answers, and whose responses are stapled. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeCrl } from '../../generate/crl-author.ts';
import { writeOcspResponse } from '../../generate/ocsp-author.ts';
import type { ResponseSpec, SingleSpec } from '../../generate/ocsp-author.ts';
import {
  commonName,
  extendedKeyUsage,
  keyNamed,
  keyUsage,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import type { ExtensionSpec } from '../../vectors/certificate-author.ts';
import { reportOn, writeChain } from '../../vectors/chain-author.ts';
import type { ChainChanges } from '../../vectors/chain-author.ts';
import { bytes, hex, integer, sequence } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import type { ReportEntry } from '../report.ts';
import type { RevocationInput } from '../revocation-input.ts';

const issuer = commonName('Intermediate');
const issuerKey = keyNamed('intermediate');
/** Of the end entity and of the intermediate, as the author of certificates numbers them. */
const usual = bytes(0x11, 0x22, 0x33);
const noCheck: ExtensionSpec = { type: '1.3.6.1.5.5.7.48.1.5', value: hex('0500') };
const mustStaple: ExtensionSpec = { type: '1.3.6.1.5.5.7.1.24', value: sequence(integer(5)) };
const crlOf = (name: string, entries: readonly Bytes[] = []): Bytes =>
  writeCrl({
    issuer: commonName(name),
    signer: keyNamed(name.toLowerCase()),
    entries: entries.map((serial) => ({ serial })),
  });

/** A responder with a number, to which the intermediate delegated; its certificate has that number, too. */
const responder = (number: number, ...more: readonly ExtensionSpec[]): Bytes =>
  writeCertificate({
    subject: commonName(`Responder ${number}`),
    issuer,
    key: keyNamed(`responder ${number}`),
    signer: issuerKey,
    serial: integer(number),
    extensions: [keyUsage(0), extendedKeyUsage('1.3.6.1.5.5.7.3.9'), ...more],
  });
const single = (serial: Bytes, change: Partial<SingleSpec> = {}): SingleSpec => ({
  issuer,
  issuerKey,
  serial,
  ...change,
});
const response = (change: Partial<ResponseSpec> = {}): Bytes =>
  writeOcspResponse({ signer: issuerKey, responder: { name: issuer }, singles: [single(usual)], ...change });
/** Says by the responder with this number that the certificate with that serial number is good. */
const saidBy = (number: number, serial: Bytes, ...more: readonly ExtensionSpec[]): Bytes =>
  response({
    signer: keyNamed(`responder ${number}`),
    responder: { name: commonName(`Responder ${number}`) },
    certificates: [responder(number, ...more)],
    singles: [single(serial)],
  });

function entries(revocation: Partial<RevocationInput>, changes: ChainChanges = {}): readonly ReportEntry[] {
  const report = reportOn(writeChain(changes), {
    input: { revocation: { mode: 'hard', crls: [], ocspResponses: [], ...revocation } },
  });
  return report.entries.filter(({ code }) => /^X509_(?:REVOCATION|CRL|OCSP)_/.test(code));
}
const codes = (revocation: Partial<RevocationInput>, changes?: ChainChanges): readonly string[] =>
  entries(revocation, changes).map(({ code }) => code);
const [good, none] = ['X509_REVOCATION_GOOD', 'X509_REVOCATION_NO_SOURCE'];

describe('an OCSP response by the intermediate', () => {
  it('is about the end entity that it issued', () => {
    assert.deepEqual(codes({ ocspResponses: [response()] }), [good, none]);
  });
  it('by the root is about the intermediate', () => {
    const root = commonName('Root');
    const byRoot = writeOcspResponse({
      signer: keyNamed('root'),
      responder: { name: root },
      singles: [{ issuer: root, issuerKey: keyNamed('root'), serial: usual }],
    });
    assert.deepEqual(codes({ ocspResponses: [byRoot] }), [none, good]);
    // Stapled, it is an answer about the end entity or none.
    assert.deepEqual(codes({ staple: byRoot }), [none, none]);
    assert.deepEqual(codes({ staple: byRoot, ocspResponses: [byRoot, response()] }), [good, good]);
  });
  it('says where it came from only where that is known', () => {
    assert.equal('origin' in (entries({ ocspResponses: [response()] })[0]?.evidence ?? {}), false);
  });
});

describe('the certificate of a delegated responder without nocheck', () => {
  it('is known by the CRL of the intermediate', () => {
    const ocspResponses = [saidBy(1, usual)];
    // The CRL lists the end entity: only what it says of the responder counts.
    const responderCrls = [crlOf('Intermediate', [usual])];
    assert.deepEqual(codes({ ocspResponses, responderCrls }), [good, none]);
    assert.equal(
      codes({ ocspResponses, responderCrls: [crlOf('Intermediate', [bytes(1)])] })[0],
      'X509_OCSP_RESPONDER_REVOKED',
    );
    assert.equal(codes({ ocspResponses, responderCrls: [crlOf('Root')] })[0], 'X509_OCSP_RESPONDER_UNDETERMINED');
  });
  it('may hang on three more answers, not on four', () => {
    const chain = (length: number): readonly Bytes[] => [
      saidBy(1, usual),
      ...Array.from({ length }, (_, index) =>
        saidBy(index + 2, bytes(index + 1), ...(index === length - 1 ? [noCheck] : [])),
      ),
    ];
    for (const length of [1, 2, 3]) assert.equal(codes({ ocspResponses: chain(length) })[0], good, String(length));
    assert.equal(codes({ ocspResponses: chain(4) })[0], 'X509_OCSP_RESPONDER_UNDETERMINED');
  });
  it('does not hang on itself, nor on one that hangs on it', () => {
    const circle = [saidBy(1, usual), saidBy(2, bytes(1)), saidBy(1, bytes(2))];
    assert.equal(codes({ ocspResponses: circle })[0], 'X509_OCSP_RESPONDER_UNDETERMINED');
  });
  it('is said to be unreadable where the CRL for it is', () => {
    assert.equal(codes({ responderCrls: [sequence()] })[0], 'X509_CRL_UNREADABLE');
  });
});

describe('a certificate that demands a staple', () => {
  const demanding = { endEntity: { set: [mustStaple] } };
  it('is good with one by the intermediate, or by its responder', () => {
    assert.equal(codes({ staple: response() }, demanding)[0], good);
    assert.equal(codes({ staple: saidBy(1, usual, noCheck) }, demanding)[0], good);
    assert.equal(codes({ staple: saidBy(1, usual), responderCrls: [crlOf('Intermediate')] }, demanding)[0], good);
  });
  it('is refused with one that is about another, or cannot be read', () => {
    for (const staple of [response({ singles: [single(bytes(7))] }), sequence()])
      assert.equal(codes({ staple, ocspResponses: [response()] }, demanding)[0], 'X509_OCSP_STAPLE_UNUSABLE');
  });
  it('is an end entity: nobody staples for an intermediate', () => {
    const intermediate = { set: [mustStaple] };
    assert.deepEqual(codes({ staple: null, crls: [crlOf('Root'), crlOf('Intermediate')] }, { intermediate }), [
      good,
      good,
    ]);
  });
  it('does not demand one in words that cannot be read', () => {
    const unreadable = { endEntity: { set: [{ ...mustStaple, value: integer(5) }] } };
    assert.equal(codes({ staple: null, ocspResponses: [response()] }, unreadable)[0], good);
  });
});
