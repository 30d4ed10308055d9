/** In which order issuers of the same name are tried, and which of them explain a refusal: key identifiers and dates are hints (RFC 4158 §3.5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyNamed,
  keyUsage,
  subjectKeyIdentifier,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import { endEntitySpec, failingCodes, intermediateSpec, reportOn, writeChain } from '../../vectors/chain-author.ts';
import type { Change } from '../../vectors/chain-author.ts';
import { time } from '../../vectors/der-writer.ts';
import { hexadecimal } from '../hexadecimal.ts';
import { verifySignature } from '../index.ts';
import type { SignatureVerifier } from '../index.ts';
import { readCertificate } from '../certificate.ts';

const chain = writeChain();
/** An intermediate with a key of its own. */
const issuer = (name: string, change: Change = {}): Uint8Array =>
  writeCertificate(intermediateSpec({ key: keyNamed(name), ...change }));
const keyIdentifier = '2.5.29.14';
const keyOf = (der: Uint8Array): string => hexadecimal(readCertificate(der).publicKeyDer);

/** Keys of the intermediates with which the end entity's signature was checked, in order. */
function triedKeys(others: readonly Uint8Array[], endEntity = chain.endEntity): readonly string[] {
  const tried: string[] = [];
  const { tbs } = readCertificate(endEntity);
  const verify: SignatureVerifier = (algorithm, key, bytes, signature) => {
    if (hexadecimal(bytes) === hexadecimal(tbs)) tried.push(hexadecimal(key.der));
    return verifySignature(algorithm, key, bytes, signature);
  };
  reportOn({ ...chain, endEntity }, { input: { others, verifySignature: verify } });
  return tried;
}

function rotations<T>(list: readonly T[]): readonly (readonly T[])[] {
  return list.map((_, index) => [...list.slice(index), ...list.slice(0, index)]);
}

describe('issuers of the same name', () => {
  // The end entity names the key of the chain's intermediate, which signed it: with it the search is over.
  const likeliest = chain.intermediate;

  it('are tried with the one whose key identifier fits first', () => {
    for (const others of rotations([issuer('stranger 1'), issuer('stranger 2'), likeliest]))
      assert.deepEqual(triedKeys(others), [keyOf(likeliest)]);
  });

  it('are tried with an authority before one that is none, and one within its dates before one that is not', () => {
    const nobody = { drop: [keyIdentifier] };
    const old = { ...nobody, notAfter: time('2026-02-01T00:00:00Z') };
    const young = { ...nobody, notBefore: time('2026-07-01T00:00:00Z') };
    const noAuthority = { ...nobody, set: [basicConstraints(false)] };
    const fits = { notAfter: time('2026-02-01T00:00:00Z') };
    const good = issuer('good', nobody);
    const over = issuer('over', old);
    const early = issuer('early', young);
    const none = issuer('none', noAuthority);
    // An end entity that nobody here signed, so that all are tried.
    const endEntity = writeCertificate(endEntitySpec({ signer: keyNamed('nobody here') }));
    for (const others of rotations([over, none, good]))
      assert.deepEqual(triedKeys(others, endEntity).slice(0, 3), [good, over, none].map(keyOf));
    for (const others of rotations([early, none, good]))
      assert.deepEqual(triedKeys(others, endEntity).slice(0, 3), [good, early, none].map(keyOf));
    const named = writeCertificate(
      endEntitySpec({ signer: keyNamed('nobody here'), set: [authorityKeyIdentifier(keyNamed('fits'))] }),
    );
    const identified = issuer('fits', fits);
    for (const others of rotations([none, good, identified]))
      assert.deepEqual(triedKeys(others, named).slice(0, 3), [good, identified, none].map(keyOf));
  });

  it('are tried at their very first and last instant as within their dates', () => {
    const at = '2026-06-15T12:00:00Z';
    const endEntity = writeCertificate(endEntitySpec({ signer: keyNamed('nobody here') }));
    const undated = issuer('no authority', { drop: [keyIdentifier], set: [basicConstraints(false)] });
    for (const dates of [{ notBefore: time(at) }, { notAfter: time(at) }]) {
      const edge = issuer('edge', { drop: [keyIdentifier], set: [basicConstraints(false)], ...dates });
      const over = issuer('over', {
        drop: [keyIdentifier],
        set: [basicConstraints(false)],
        notAfter: time('2026-06-15T11:59:59Z'),
      });
      assert.deepEqual(triedKeys([over, edge, undated], endEntity).slice(0, 3), [edge, undated, over].map(keyOf));
    }
  });

  it('are tried last where their extensions cannot be read', () => {
    const malformed = issuer('malformed', { set: [{ type: '2.5.29.19', value: keyNamed('x').spki }] });
    const none = issuer('none', {
      set: [basicConstraints(false)],
      notAfter: time('2026-02-01T00:00:00Z'),
      drop: [keyIdentifier],
    });
    const endEntity = writeCertificate(
      endEntitySpec({ signer: keyNamed('nobody here'), set: [authorityKeyIdentifier(keyNamed('elsewhere'))] }),
    );
    for (const others of rotations([malformed, none]))
      assert.deepEqual(triedKeys(others, endEntity).slice(0, 2), [none, malformed].map(keyOf));
  });
});

describe('an issuer of the right name whose key did not sign', () => {
  const signer = keyNamed('nobody here');
  const ask = (change: Change, intermediate: Change = {}) =>
    failingCodes(
      reportOn({
        ...chain,
        endEntity: writeCertificate(endEntitySpec({ signer, ...change })),
        intermediate: writeCertificate(intermediateSpec(intermediate)),
      }),
    );

  it('is the issuer by its name and key identifier: the signature is bad', () => {
    assert.deepEqual(ask({ set: [authorityKeyIdentifier(keyNamed('intermediate'))] }), ['X509_SIGNATURE_INVALID']);
  });
  it('is another one of the same name where both carry key identifiers that differ', () => {
    assert.deepEqual(ask({}), ['X509_ISSUER_NOT_FOUND']);
  });
  it('may be the issuer where one of them carries none', () => {
    assert.deepEqual(ask({}, { drop: [keyIdentifier] }), [
      'X509_SIGNATURE_INVALID',
      'X509_SUBJECT_KEY_IDENTIFIER_MISSING',
    ]);
    assert.deepEqual(ask({ drop: ['2.5.29.35'] }), ['X509_SIGNATURE_INVALID', 'X509_AUTHORITY_KEY_IDENTIFIER_MISSING']);
  });
  it('may be the issuer where a key identifier cannot be read', () => {
    const codes = ask({}, { set: [{ type: keyIdentifier, value: keyNamed('x').spki }] });
    assert.ok(codes.includes('X509_SIGNATURE_INVALID'), codes.join());
  });
  it('is the anchor only where the key identifiers do not differ', () => {
    const direct = (change: Change) =>
      failingCodes(
        reportOn(
          {
            ...chain,
            intermediate: writeCertificate(intermediateSpec({ signer, ...change })),
          },
          {},
        ),
      );
    assert.deepEqual(direct({}), ['X509_ISSUER_NOT_FOUND']);
    assert.deepEqual(
      direct({
        set: [
          authorityKeyIdentifier(keyNamed('root')),
          subjectKeyIdentifier(keyNamed('intermediate')),
          keyUsage(5, 6),
          basicConstraints(true, 0),
        ],
      }),
      ['X509_SIGNATURE_INVALID'],
    );
  });
});
