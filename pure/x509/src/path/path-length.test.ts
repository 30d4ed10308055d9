import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  basicConstraints,
  commonName,
  keyNamed,
  keyUsage,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import { endEntitySpec, failingCodes, intermediateSpec, reportOn, writeChain } from '../../vectors/chain-author.ts';
import { describeRule } from '../../vectors/rule-table.ts';

describeRule('pathLenConstraint of the anchor (RFC 5280 §6.1.4, RFC 5937)', [
  {
    sentence: 'accepts one intermediate below an anchor that allows one',
    root: { set: [basicConstraints(true, 1)] },
    codes: [],
  },
  {
    sentence: 'refuses one intermediate below an anchor that allows none',
    root: { set: [basicConstraints(true, 0)] },
    codes: ['X509_PATH_LENGTH_EXCEEDED'],
  },
  {
    sentence: 'does not apply constraints of an anchor that was taken without them',
    root: { set: [basicConstraints(true, 0)] },
    anchor: { applyConstraints: false },
    codes: [],
  },
  {
    sentence: 'refuses an anchor whose key is not for certificates',
    root: { set: [keyUsage(6)] },
    codes: ['X509_KEY_USAGE_NO_CERT_SIGN'],
  },
  { sentence: 'accepts an anchor that says nothing about its key', root: { drop: ['2.5.29.15'] }, codes: [] },
]);

describe('pathLenConstraint of intermediates', () => {
  const chain = writeChain();
  const lower = (subject: string) =>
    writeCertificate(
      intermediateSpec({
        subject: commonName(subject),
        issuer: commonName('Intermediate'),
        key: keyNamed('lower'),
        signer: keyNamed('intermediate'),
      }),
    );
  const below = (subject: string) =>
    writeCertificate(endEntitySpec({ issuer: commonName(subject), signer: keyNamed('lower') }));

  it('refuses a second intermediate below one that allows none', () => {
    const report = reportOn(
      { ...chain, endEntity: below('Lower') },
      { input: { others: [lower('Lower'), chain.intermediate] } },
    );
    assert.deepEqual(failingCodes(report), ['X509_PATH_LENGTH_EXCEEDED']);
  });

  it('counts those below, not the certificate itself nor the end entity', () => {
    const upper = (limit: number) => writeCertificate(intermediateSpec({ set: [basicConstraints(true, limit)] }));
    const middle = (subject: string, issuer: string, signer: string) =>
      writeCertificate(
        intermediateSpec({
          subject: commonName(subject),
          issuer: commonName(issuer),
          key: keyNamed('lower'),
          signer: keyNamed(signer),
          set: [basicConstraints(true)],
        }),
      );
    const others = [middle('First', 'Intermediate', 'intermediate'), middle('Lower', 'First', 'lower')];
    const codes = (limit: number) =>
      failingCodes(reportOn({ ...chain, endEntity: below('Lower') }, { input: { others: [...others, upper(limit)] } }));
    assert.deepEqual(codes(2), []);
    assert.deepEqual(codes(1), ['X509_PATH_LENGTH_EXCEEDED']);
  });

  it('does not count a self-issued intermediate', () => {
    const report = reportOn(
      { ...chain, endEntity: below('Intermediate') },
      { input: { others: [lower('Intermediate'), chain.intermediate] } },
    );
    assert.deepEqual(failingCodes(report), []);
    assert.equal(report.path.length, 3);
  });
});
