import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeCrl } from '../../generate/crl-author.ts';
import { commonName, keyNamed } from '../../vectors/certificate-author.ts';
import { reportOn, writeChain } from '../../vectors/chain-author.ts';
import type { Change, Question } from '../../vectors/chain-author.ts';
import { bytes, sequence, time } from '../../vectors/der-writer.ts';
import type { ReportEntry } from '../report.ts';
import type { RevocationInput } from '../revocation-input.ts';

const nothing: RevocationInput = { mode: 'hard', crls: [], ocspResponses: [] };
const sections = /^(?:RFC 5280 §(?:6\.3|5\.1\.2\.5|4\.2\.1\.13)|RFC 6960|RFC 7633|Baseline Requirements)/;

/** Entries about revocation: of the end entity and of the intermediate; and whether the chain was accepted. */
function answer(
  revocation: Partial<RevocationInput>,
  { endEntity = {}, ...question }: Question & { readonly endEntity?: Change } = {},
): { readonly entries: readonly ReportEntry[]; readonly accepted: boolean; readonly told: readonly string[] } {
  const chain = writeChain({ endEntity });
  const report = reportOn(chain, { ...question, input: { revocation: { ...nothing, ...revocation } } });
  const entries = report.entries.filter(({ code }) => /^X509_(?:REVOCATION|CRL|OCSP)_/.test(code));
  for (const { section } of entries) assert.match(section, sections);
  return {
    entries,
    accepted: report.accepted,
    told: entries.map(({ certificateIndex, code, outcome }) => `${certificateIndex} ${code} ${outcome}`),
  };
}

describe('the revocation of a path', () => {
  it('is unknown where nothing is at hand, of each certificate but the anchor', () => {
    const { told, accepted } = answer({});
    assert.deepEqual(told, ['0 X509_REVOCATION_NO_SOURCE unknown', '1 X509_REVOCATION_NO_SOURCE unknown']);
    assert.equal(accepted, false);
  });
  it('lets through what is unknown where it is soft', () => {
    assert.equal(answer({ mode: 'soft' }).accepted, true);
  });
  it('is judged for each certificate by the CRL of its own issuer', () => {
    const byRoot = writeCrl({ issuer: commonName('Root'), signer: keyNamed('root') });
    const byIntermediate = writeCrl({ issuer: commonName('Intermediate'), signer: keyNamed('intermediate') });
    assert.deepEqual(answer({ crls: [byRoot, byIntermediate] }).told, [
      '0 X509_REVOCATION_GOOD pass',
      '1 X509_REVOCATION_GOOD pass',
    ]);
    assert.equal(answer({ crls: [byRoot, byIntermediate] }).accepted, true);
    assert.deepEqual(answer({ crls: [byRoot] }).told, [
      '0 X509_REVOCATION_NO_SOURCE unknown',
      '1 X509_REVOCATION_GOOD pass',
    ]);
  });
  it('refuses a revoked intermediate, soft or hard, with the reason and the date', () => {
    const crl = writeCrl({
      issuer: commonName('Root'),
      signer: keyNamed('root'),
      entries: [{ serial: bytes(0x11, 0x22, 0x33) }],
    });
    for (const mode of ['hard', 'soft'] as const) {
      const { told, accepted, entries } = answer({ mode, crls: [crl] });
      assert.equal(told[1], '1 X509_REVOCATION_REVOKED fail');
      assert.equal(accepted, false);
      assert.match(entries[1]?.message ?? '', /2026-02-01.*unspecified/);
    }
  });
  it('says that what was given cannot be read, where nothing else is there', () => {
    assert.equal(answer({ crls: [sequence()] }).told[0], '0 X509_CRL_UNREADABLE unknown');
    assert.equal(answer({ ocspResponses: [sequence()] }).told[0], '0 X509_OCSP_UNREADABLE unknown');
    assert.equal(answer({ staple: sequence() }).told[0], '0 X509_OCSP_UNREADABLE unknown');
  });
});

describe('a certificate that names sources', () => {
  const distributionPoint = { type: '2.5.29.31', value: sequence(sequence(bytes(0xa0, 3, 0xa0, 1, 0))) };
  const access = (method: number) => ({
    type: '1.3.6.1.5.5.7.1.1',
    value: sequence(sequence(bytes(6, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, method), bytes(0x86, 4, 0x68, 0x3a, 0x2f, 0x2f))),
  });
  it('by OCSP is of unknown status, not without a source', () => {
    assert.equal(answer({}, { endEntity: { set: [access(1)] } }).told[0], '0 X509_REVOCATION_UNDETERMINED unknown');
  });
  it('by OCSP beside the certificate of its issuer, too', () => {
    const both = {
      type: access(1).type,
      value: sequence(...[2, 1, 2].map((method) => access(method).value.subarray(2))),
    };
    assert.equal(answer({}, { endEntity: { set: [both] } }).told[0], '0 X509_REVOCATION_UNDETERMINED unknown');
  });
  it('of its issuer only, names none of revocation data', () => {
    assert.equal(answer({}, { endEntity: { set: [access(2)] } }).told[0], '0 X509_REVOCATION_NO_SOURCE unknown');
  });
  it('by a distribution point that cannot be read, says that', () => {
    assert.match(answer({}, { endEntity: { set: [distributionPoint] } }).told[0] ?? '', /MALFORMED unknown$/);
  });
});

describe('an authority that issues no revocation data, as was agreed', () => {
  const agreed = { anchorIssuesNoRevocationData: true };
  it('leaves nothing to ask', () => {
    const { told, accepted } = answer(agreed);
    assert.deepEqual(told, [
      '0 X509_REVOCATION_NONE_ISSUED not-applicable',
      '1 X509_REVOCATION_NONE_ISSUED not-applicable',
    ]);
    assert.equal(accepted, true);
    assert.equal(answer({ anchorIssuesNoRevocationData: false }).accepted, false);
  });
  it('may revoke all the same', () => {
    const crl = writeCrl({
      issuer: commonName('Intermediate'),
      signer: keyNamed('intermediate'),
      entries: [{ serial: bytes(0x11, 0x22, 0x33) }],
    });
    const { told, accepted } = answer({ ...agreed, crls: [crl] });
    assert.equal(told[0], '0 X509_REVOCATION_REVOKED fail');
    assert.equal(accepted, false);
  });
  it('may say that a certificate is good', () => {
    const crl = writeCrl({ issuer: commonName('Intermediate'), signer: keyNamed('intermediate') });
    assert.equal(answer({ ...agreed, crls: [crl] }).told[0], '0 X509_REVOCATION_GOOD pass');
  });
});

describe('a short-lived certificate (Baseline Requirements 1.6.1)', () => {
  const lived = (from: string, to: string, more: Question = {}) =>
    answer({}, { endEntity: { notBefore: time(from), notAfter: time(to) }, at: from, ...more }).told;
  const short = '0 X509_REVOCATION_SHORT_LIVED not-applicable';
  const asked = '0 X509_REVOCATION_NO_SOURCE unknown';

  it('lives ten days at most where it was issued before 2026-03-15', () => {
    assert.equal(lived('2026-03-01T00:00:00Z', '2026-03-10T23:59:59Z')[0], short);
    assert.equal(lived('2026-03-01T00:00:00Z', '2026-03-11T00:00:00Z')[0], asked);
    assert.equal(lived('2026-03-14T23:59:59Z', '2026-03-24T23:59:58Z')[0], short);
  });
  it('lives seven days at most where it was issued since', () => {
    assert.equal(lived('2026-03-15T00:00:00Z', '2026-03-21T23:59:59Z')[0], short);
    assert.equal(lived('2026-03-15T00:00:00Z', '2026-03-22T00:00:00Z')[0], asked);
  });
  it('is no intermediate, however short it lives', () => {
    const dates = { notBefore: time('2026-03-01T00:00:00Z'), notAfter: time('2026-03-10T23:59:59Z') };
    const report = reportOn(writeChain({ endEntity: dates, intermediate: dates }), {
      at: '2026-03-01T00:00:00Z',
      input: { revocation: nothing },
    });
    const codes = report.entries.filter(({ outcome }) => outcome === 'unknown').map(({ code }) => code);
    assert.deepEqual(codes, ['X509_REVOCATION_NO_SOURCE']);
    assert.equal(report.accepted, false);
  });
  it('is an end entity, under the rules of public authorities only', () => {
    assert.equal(lived('2026-03-01T00:00:00Z', '2026-03-10T23:59:59Z')[1], '1 X509_REVOCATION_NO_SOURCE unknown');
    assert.equal(lived('2026-03-01T00:00:00Z', '2026-03-10T23:59:59Z', { profile: 'rfc5280' })[0], asked);
  });
});
