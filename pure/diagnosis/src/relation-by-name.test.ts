import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alerted, good, leaf, own, refused } from './cases/observed.ts';
import { diagnose } from './diagnose.ts';
import type { Observations, ObservedOwnIssuer } from './observations.ts';

/** Rule, certainty and actor of what is said first, and how sure the doctor is of the other rule. */
function said(observations: Observations, other: string) {
  const findings = diagnose(observations);
  const [top] = findings;
  return {
    top: [top?.rule, top?.certainty, top?.actor],
    other: findings.find(({ rule }) => rule === other)?.certainty ?? null,
  };
}

describe('an organisation in common with an authority that the far side accepts', () => {
  const issuer = 'CN=Trial Client CA,O=Trial';
  const ours = {
    ...own,
    issuer,
    issuerNames: ['Trial', 'Trial Client CA'],
    chainIssuers: [issuer],
    chainLength: 1,
  };
  const accepts = (authority: string, ownIssuer?: ObservedOwnIssuer, certificate = ours): Observations => ({
    ...alerted(48, certificate, { certificateRequest: { types: [1], schemes: [0x0401], authorities: [authority] } }),
    ...(ownIssuer === undefined ? {} : { ownIssuer }),
  });
  const root = { issuer, selfIssued: true, from: 'at hand' };

  it('is no relation: whoever does not know our authority must act', () => {
    assert.deepEqual(said(accepts('CN=Other Root,O=Trial'), 'our-intermediate-not-sent'), {
      top: ['our-authority-not-accepted', 'likely', 'customer'],
      other: 'possible',
    });
  });

  it('says nothing at all where the issuer is known to be a root', () => {
    assert.deepEqual(said(accepts('CN=Other Root,O=Trial', root), 'our-intermediate-not-sent'), {
      top: ['our-authority-not-accepted', 'certain', 'customer'],
      other: null,
    });
  });

  it('makes nobody certain where the issuer calls itself an intermediate and nobody has seen its certificate', () => {
    const issuing = { ...ours, issuerNames: ['Trial', 'Trial Issuing CA'] };
    const { top, other } = said(accepts('CN=Trial Root,O=Trial', undefined, issuing), 'our-authority-not-accepted');
    assert.deepEqual([top, other], [['our-intermediate-not-sent', 'likely', 'operator'], 'likely']);
  });

  it('is not needed where the certificate of our issuer names an authority that is accepted', () => {
    const above = { issuer: 'CN=Strange Root,O=Elsewhere', selfIssued: false, from: 'fetched' };
    assert.deepEqual(said(accepts('CN=Strange Root,O=Elsewhere', above), 'our-authority-not-accepted'), {
      top: ['our-intermediate-not-sent', 'certain', 'operator'],
      other: null,
    });
  });
});

describe('an organisation in common with an agreed authority', () => {
  const from = (name: string, more: Partial<Observations> = {}) =>
    refused(
      'trust',
      'X509_ISSUER_NOT_FOUND',
      [{ ...leaf, issuer: `CN=${name},O=Trial`, issuerNames: ['Trial', name] }],
      {
        target: { ...good.target, anchors: 'private', anchorNames: ['Trial', 'Trial Root'] },
        ...more,
      },
    );
  const fetched = { url: 'http://ca.example.com/ca.cer', completes: false, error: null };

  it('does not put an intermediate above an authority that was not agreed on', () => {
    assert.deepEqual(said(from('Other Root'), 'intermediate-not-sent'), {
      top: ['private-authority', 'likely', 'customer'],
      other: 'possible',
    });
  });

  it('counts for nothing where the issuer was fetched and is a root', () => {
    assert.deepEqual(said(from('Other Root', { issuerFetch: { ...fetched, isRoot: true } }), 'intermediate-not-sent'), {
      top: ['private-authority', 'certain', 'customer'],
      other: null,
    });
  });

  it('counts for little where the issuer was fetched and does not complete the chain', () => {
    const observations = from('Trial Issuing CA', { issuerFetch: { ...fetched, isRoot: false } });
    assert.deepEqual(said(observations, 'intermediate-not-sent').top, ['private-authority', 'likely', 'customer']);
  });

  it('makes an intermediate likely where the issuer calls itself one', () => {
    assert.deepEqual(said(from('Trial Issuing CA'), 'private-authority'), {
      top: ['intermediate-not-sent', 'likely', 'customer'],
      other: 'possible',
    });
  });
});
