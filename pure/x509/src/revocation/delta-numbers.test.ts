/** Which delta CRLs are combined with which complete ones: by their numbers, of any length (RFC 5280 §5.2.4). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { issuingDistributionPoint, writeCrl } from '../../generate/crl-author.ts';
import type { CrlSpec } from '../../generate/crl-author.ts';
import { authorityKeyIdentifier, commonName, keyNamed, writeCertificate } from '../../vectors/certificate-author.ts';
import type { ExtensionSpec } from '../../vectors/certificate-author.ts';
import { endEntitySpec, reportOn, rootSpec } from '../../vectors/chain-author.ts';
import { bytes, integer } from '../../vectors/der-writer.ts';
import { privateAuthorityRules } from '../index.ts';

const serial = bytes(0x42);
const number = (...digits: readonly number[]): ExtensionSpec => ({ type: '2.5.29.20', value: integer(...digits) });
const base = (...digits: readonly number[]): ExtensionSpec => ({
  type: '2.5.29.27',
  critical: true,
  value: integer(...digits),
});
const crl = (extensions: readonly ExtensionSpec[], change: Partial<CrlSpec> = {}): Uint8Array =>
  writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), extensions, ...change });
/** One that lists the certificate, so that it is seen whether it was asked. */
const listing = (...extensions: readonly ExtensionSpec[]): Uint8Array => crl(extensions, { entries: [{ serial }] });

function answer(...crls: readonly Uint8Array[]): string {
  const report = reportOn(
    {
      root: writeCertificate(rootSpec()),
      intermediate: bytes(),
      endEntity: writeCertificate(
        endEntitySpec({ issuer: commonName('Root'), signer: keyNamed('root'), serial: integer(0x42) }),
      ),
    },
    {
      profile: 'rfc5280',
      policy: { rules: privateAuthorityRules },
      input: { others: [], revocation: { mode: 'hard', crls, ocspResponses: [] } },
    },
  );
  const entry = report.entries.find(({ code }) => /^X509_(?:CRL|REVOCATION)_/.test(code));
  const because = entry?.evidence.deltaCrlIgnoredBecause ?? null;
  return `${entry?.code.replace('X509_REVOCATION_', '')}${because === null ? '' : ` without ${because}`}`;
}

describe('a delta CRL', () => {
  it('is combined where its number is higher, and that of its base is not', () => {
    for (const [complete, delta, of] of [
      [[10], [11], [10]],
      [[10], [1, 0], [10]],
      [
        [1, 5],
        [1, 6],
        [1, 5],
      ],
      [
        [1, 5],
        [2, 0],
        [1, 4],
      ],
      [[2, 0], [2, 1], [0x7f]],
    ] as const)
      assert.equal(answer(crl([number(...complete)]), listing(number(...delta), base(...of))), 'REVOKED');
  });
  it('is left out without a word where what it says is in the complete one', () => {
    for (const [complete, delta, of] of [
      [[10], [10], [9]],
      [[10], [9], [8]],
      [[1, 0], [0x7f], [0x7e]],
      [
        [1, 5],
        [1, 5],
        [1, 4],
      ],
      [
        [1, 5],
        [1, 4],
        [1, 3],
      ],
    ] as const)
      assert.equal(answer(crl([number(...complete)]), listing(number(...delta), base(...of))), 'GOOD');
  });
  it('is left out, and named, where its base is newer than the complete one', () => {
    for (const [complete, delta, of] of [
      [[10], [12], [11]],
      [[10], [1, 1], [1, 0]],
      [
        [1, 5],
        [1, 7],
        [1, 6],
      ],
    ] as const)
      assert.equal(
        answer(crl([number(...complete)]), listing(number(...delta), base(...of))),
        'GOOD without X509_CRL_DELTA_BASE',
      );
  });
  it('is left out, and named, where one of the two has no number', () => {
    assert.equal(answer(crl([]), listing(number(11), base(10))), 'GOOD without X509_CRL_DELTA_BASE');
    assert.equal(answer(crl([number(10)]), listing(base(10))), 'GOOD without X509_CRL_DELTA_BASE');
    assert.equal(answer(crl([]), listing(base(10))), 'GOOD without X509_CRL_DELTA_BASE');
  });
  it('is left out, and named, where only one of the two says its scope or its key', () => {
    const delta = [number(11), base(10)];
    for (const extension of [issuingDistributionPoint({ only: 'user' }), authorityKeyIdentifier(keyNamed('root'))]) {
      assert.equal(answer(crl([number(10), extension]), listing(...delta)), 'GOOD without X509_CRL_DELTA_SCOPE');
      assert.equal(answer(crl([number(10)]), listing(...delta, extension)), 'GOOD without X509_CRL_DELTA_SCOPE');
      assert.equal(answer(crl([number(10), extension]), listing(...delta, extension)), 'REVOKED');
    }
  });
  it('is not named where it was used, or needless, beside another complete one', () => {
    const ten = crl([number(10)]);
    for (const other of [crl([number(9)]), crl([number(12)])])
      for (const order of [
        [ten, other],
        [other, ten],
      ])
        assert.equal(answer(...order, crl([number(11), base(10)])), 'GOOD');
    // For a later base than the one, and within the other.
    const late = crl([number(12), base(11)]);
    assert.equal(answer(ten, crl([number(12)]), late), 'GOOD');
    assert.equal(answer(crl([number(12)]), ten, late), 'GOOD');
  });
  it('is told from a complete CRL with a higher number', () => {
    assert.equal(answer(crl([number(10)]), crl([number(11)])), 'GOOD');
    const ofOthers = crl([number(11), issuingDistributionPoint({ only: 'ca' })]);
    assert.equal(answer(crl([number(10)]), ofOthers), 'GOOD');
  });
  it('of two that fit, the one with the higher number decides, whichever comes first', () => {
    const taken = crl([number(12), base(10)], {
      entries: [{ serial, extensions: [{ type: '2.5.29.21', value: bytes(0x0a, 1, 8) }] }],
    });
    const added = listing(number(11), base(10));
    const complete = crl([number(10)]);
    assert.equal(answer(complete, taken, added), 'GOOD');
    assert.equal(answer(complete, added, taken), 'GOOD');
  });
});
