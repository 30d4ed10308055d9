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

  it('does not count a self-issued intermediate', () => {
    const report = reportOn(
      { ...chain, endEntity: below('Intermediate') },
      { input: { others: [lower('Intermediate'), chain.intermediate] } },
    );
    assert.deepEqual(failingCodes(report), []);
    assert.equal(report.path.length, 3);
  });
});
