import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportOn, writeChain } from '../vectors/chain-author.ts';
import { bytes } from '../vectors/der-writer.ts';
import { explain, revocationOff, utcInstant, VerifiedPath } from './index.ts';

const chain = writeChain();
const revocation = (mode: 'hard' | 'soft' | 'off') => ({ input: { revocation: { ...revocationOff, mode } } });

describe('validate', () => {
  it('hands out a proof with the path, its anchor, the instant and the first end of a validity period', () => {
    const { verifiedPath } = reportOn(chain, { at: '2026-06-15T12:00:00Z' });
    assert.ok(verifiedPath);
    assert.equal(verifiedPath.certificates.length, 2);
    assert.equal(verifiedPath.anchor.subject.toString(), 'CN=Root');
    assert.equal(verifiedPath.at, utcInstant('2026-06-15T12:00:00Z'));
    assert.equal(verifiedPath.firstNotAfter, utcInstant('2026-12-31T23:59:59Z'));
    assert.equal(VerifiedPath.isProof(verifiedPath), true);
  });

  it('lets nobody else make a proof', () => {
    const { verifiedPath } = reportOn(chain);
    assert.ok(verifiedPath);
    const { certificates, anchor, at } = verifiedPath;
    assert.throws(() => Reflect.construct(VerifiedPath, [Symbol('validate'), certificates, anchor, at]), TypeError);
    assert.equal(VerifiedPath.isProof({ ...verifiedPath }), false);
    assert.equal(VerifiedPath.isProof(Object.create(VerifiedPath.prototype)), false);
  });

  it('judges each rule for itself: an expired end entity still shows trust, signature and name', () => {
    const report = reportOn(chain, { at: '2027-06-15T12:00:00Z' });
    const outcome = (code: string) => report.entries.find((entry) => entry.code === code)?.outcome;
    assert.equal(report.accepted, false);
    assert.equal(report.verifiedPath, null);
    assert.equal(outcome('X509_EXPIRED'), 'fail');
    assert.equal(outcome('X509_TRUST_ANCHOR'), 'pass');
    assert.equal(outcome('X509_SIGNATURE'), 'pass');
    assert.equal(outcome('X509_NAME'), 'pass');
  });

  it('refuses an end entity that cannot be read, with the place of the fault', () => {
    const report = reportOn({ ...chain, endEntity: bytes(0x30, 0x80, 0, 0) });
    assert.equal(report.accepted, false);
    assert.deepEqual(report.path, []);
    assert.deepEqual(report.entries[0]?.evidence, { cause: 'X509_DER_LENGTH_INDEFINITE', position: 1 });
  });

  it('lets unknown revocation pass visibly where it is soft', () => {
    const report = reportOn(chain, revocation('soft'));
    assert.equal(report.accepted, true);
    assert.equal(report.entries.filter((entry) => entry.outcome === 'unknown').length, 2);
  });

  it('refuses unknown revocation where it is hard', () => {
    assert.equal(reportOn(chain, revocation('hard')).accepted, false);
  });

  it('shows that revocation was not judged where it is off', () => {
    const entry = reportOn(chain, revocation('off')).entries.find(({ code }) => code === 'X509_REVOCATION_OFF');
    assert.equal(entry?.outcome, 'not-applicable');
  });

  it('says unknown about revocation without a verified issuer', () => {
    const report = reportOn(chain, { input: { others: [], revocation: { ...revocationOff, mode: 'soft' } } });
    assert.equal(report.entries.find(({ code }) => code === 'X509_REVOCATION_NO_VERIFIED_ISSUER')?.outcome, 'unknown');
  });
});

describe('explain', () => {
  it('begins with the verdict and the sentence that decided it', () => {
    assert.match(explain(reportOn(chain)), /^accepted\n/);
    const text = explain(reportOn(chain, { at: '2027-01-03T00:00:00Z' }));
    assert.match(text, /^refused: CN=jira\.example\.com expired 2 days ago, on 2026-12-31T23:59:59Z\.\n/);
    assert.match(text, /ok {3}X509_TRUST_ANCHOR/);
  });
});
