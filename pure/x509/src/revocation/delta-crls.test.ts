/** A delta CRL that is at hand and not used is mentioned, with the reason, beside whatever is answered without it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { crlNumber, deltaOf, issuingDistributionPoint, unknownExtension, writeCrl } from '../../generate/crl-author.ts';
import type { CrlSpec } from '../../generate/crl-author.ts';
import { authorityKeyIdentifier, commonName, keyNamed, writeCertificate } from '../../vectors/certificate-author.ts';
import { endEntitySpec, reportOn, rootSpec } from '../../vectors/chain-author.ts';
import { integer, time } from '../../vectors/der-writer.ts';
import { explain, readCertificate } from '../index.ts';
import { readCrl } from './crl.ts';
import { DeltaCrls } from './delta-crls.ts';

const serial = 0x42;
const root = writeCertificate(rootSpec());
const endEntity = writeCertificate(
  endEntitySpec({ issuer: commonName('Root'), signer: keyNamed('root'), serial: integer(serial) }),
);
const crl = (spec: Partial<CrlSpec>): Uint8Array =>
  writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), extensions: [crlNumber(10)], ...spec });
const listed = [{ serial: Uint8Array.of(serial) }];

function answerTo(...crls: readonly Uint8Array[]) {
  const revocation = { mode: 'hard', crls, ocspResponses: [] } as const;
  const report = reportOn({ root, intermediate: root, endEntity }, { profile: 'rfc5280', input: { revocation } });
  const entry = report.entries.find(
    ({ code, certificateIndex }) => certificateIndex === 0 && /^X509_(?:CRL|REVO)/.test(code),
  );
  const { deltaCrlsIgnored = null, deltaCrlIgnoredBecause = null } = entry?.evidence ?? {};
  return { code: entry?.code, deltaCrlsIgnored, deltaCrlIgnoredBecause, text: explain(report) };
}

for (const { sentence, delta, because } of [
  {
    sentence: 'is for a later base',
    delta: { extensions: [crlNumber(12), deltaOf(11)] },
    because: 'X509_CRL_DELTA_BASE',
  },
  { sentence: 'has no number', delta: { extensions: [deltaOf(10)] }, because: 'X509_CRL_DELTA_BASE' },
  {
    sentence: 'is of another scope',
    delta: { extensions: [crlNumber(11), deltaOf(10), issuingDistributionPoint({ only: 'user' })] },
    because: 'X509_CRL_DELTA_SCOPE',
  },
  {
    sentence: 'names another key',
    delta: { extensions: [crlNumber(11), deltaOf(10), authorityKeyIdentifier(keyNamed('stranger'))] },
    because: 'X509_CRL_DELTA_SCOPE',
  },
  {
    sentence: 'does not say critically that it is one',
    delta: { extensions: [crlNumber(11), deltaOf(10, false)] },
    because: 'X509_CRL_DELTA_NOT_CRITICAL',
  },
  {
    sentence: 'is signed with another key',
    delta: { signer: keyNamed('stranger'), extensions: [crlNumber(11), deltaOf(10)] },
    because: 'X509_CRL_SIGNATURE_INVALID',
  },
  {
    sentence: 'is over',
    delta: { extensions: [crlNumber(11), deltaOf(10)], nextUpdate: time('2026-06-10T00:00:00Z') },
    because: 'X509_CRL_EXPIRED',
  },
  {
    sentence: 'has an unknown critical extension',
    delta: { extensions: [crlNumber(11), deltaOf(10), unknownExtension(true)] },
    because: 'X509_CRL_CRITICAL_EXTENSION_UNKNOWN',
  },
])
  it(`a delta CRL that ${sentence} is not used, and the report says so`, () => {
    const { text, ...answer } = answerTo(crl({}), crl({ entries: listed, ...delta }));
    assert.deepEqual(answer, {
      code: 'X509_REVOCATION_GOOD',
      deltaCrlsIgnored: 1,
      deltaCrlIgnoredBecause: because,
    });
    assert.ok(text.includes(`A delta CRL that is at hand could not be used (${because}).`), text);
  });

it('a delta CRL that is used, or whose content the complete one has, is not mentioned', () => {
  const none = { deltaCrlsIgnored: null, deltaCrlIgnoredBecause: null };
  const used = crl({ extensions: [crlNumber(11), deltaOf(10)] });
  const old = crl({ extensions: [crlNumber(10), deltaOf(9)] });
  const other = crl({ issuer: commonName('Else'), extensions: [crlNumber(11), deltaOf(10)] });
  for (const delta of [used, old, other]) {
    const { text, ...answer } = answerTo(crl({}), delta);
    assert.deepEqual(answer, { code: 'X509_REVOCATION_GOOD', ...none }, text);
  }
});

it('a revoked certificate and an obstacle are shown with the delta CRL that was not used, too', () => {
  const ignored = crl({ extensions: [crlNumber(12), deltaOf(11)] });
  const because = { deltaCrlsIgnored: 1, deltaCrlIgnoredBecause: 'X509_CRL_DELTA_BASE' };
  const { text, ...revoked } = answerTo(crl({ entries: listed }), ignored);
  assert.deepEqual(revoked, { code: 'X509_REVOCATION_REVOKED', ...because }, text);
  const partial = crl({ extensions: [crlNumber(10), issuingDistributionPoint({ reasons: [1] })] });
  const delta = crl({ extensions: [crlNumber(12), deltaOf(11), issuingDistributionPoint({ reasons: [1] })] });
  assert.equal(answerTo(partial, delta).deltaCrlIgnoredBecause, 'X509_CRL_DELTA_BASE');
});

it('a delta CRL that another key of the issuer signed is not combined with a complete one', () => {
  const [base, delta] = [readCrl(crl({})), readCrl(crl({ extensions: [crlNumber(11), deltaOf(10)] }))];
  const key = (name: string) => readCertificate(writeCertificate(rootSpec({ key: keyNamed(name) }))).publicKey;
  for (const [signer, fits] of [
    ['root', true],
    ['stranger', false],
  ] as const) {
    const deltas = new DeltaCrls([base, delta], { refuse: () => null, signerOf: () => key(signer) });
    assert.deepEqual([...deltas.fitting(base, key('root'))], fits ? [delta] : []);
    assert.deepEqual(deltas.unused, fits ? null : { count: 1, code: 'X509_CRL_DELTA_SIGNER' });
  }
});

it('a delta CRL is found by its issuer, a complete one is not', () => {
  const [base, delta] = [readCrl(crl({})), readCrl(crl({ extensions: [crlNumber(11), deltaOf(10)] }))];
  const deltas = new DeltaCrls([base, delta], { refuse: () => null, signerOf: () => assert.fail('not asked') });
  assert.equal(deltas.ofIssuer(delta.issuer), delta);
  assert.equal(deltas.ofIssuer(readCrl(crl({ issuer: commonName('Else') })).issuer), null);
  const none = new DeltaCrls([base], { refuse: () => null, signerOf: () => assert.fail('not asked') });
  assert.equal(none.ofIssuer(base.issuer), null);
});
