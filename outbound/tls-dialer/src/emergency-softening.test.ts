import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { utcInstant } from '@sallyport/x509';
import type { Outcome, ValidationReport } from '@sallyport/x509';
import { judgeSoftened, withoutSoftened } from './emergency-softening.ts';

const at = utcInstant('2026-11-25T12:00:00Z');
const hour = 3_600_000;
/** A report of a chain whose certificates were issued by these, with these outcomes for revocation. */
const report = (accepted: boolean, ...certificates: readonly (readonly [string, Outcome])[]): ValidationReport =>
  ({
    accepted,
    path: certificates.map(([issuer]) => ({ issuer: { toString: () => issuer } })),
    entries: certificates.map(([, outcome], certificateIndex) => ({ outcome, certificateIndex })),
  }) as unknown as ValidationReport;
const unknown = report(false, ['CN=Issuing', 'unknown'], ['CN=Root', 'pass']);
const soft = report(true, ['CN=Issuing', 'unknown'], ['CN=Root', 'pass']);
const softened = [{ authority: 'CN=Issuing', until: at + hour }];

describe('an emergency softening', () => {
  it('lets a certificate of its authority pass that nobody says anything about', () => {
    const judged = judgeSoftened(unknown, softened, at, () => soft);
    assert.equal(judged?.validation, soft);
    assert.deepEqual(judged?.by, softened);
  });

  it('does nothing for certificates of other authorities', () => {
    const both = report(true, ['CN=Issuing', 'unknown'], ['CN=Root', 'unknown']);
    assert.equal(
      judgeSoftened(unknown, softened, at, () => both),
      null,
    );
    assert.equal(
      judgeSoftened(unknown, [{ authority: 'CN=Other', until: at + hour }], at, () => soft),
      null,
    );
  });

  it('never lets pass what is refused under the soft rule too, as a revoked certificate is', () => {
    const revoked = report(false, ['CN=Issuing', 'fail'], ['CN=Root', 'unknown']);
    assert.equal(
      judgeSoftened(revoked, softened, at, () => revoked),
      null,
    );
  });

  it('is over when its time is over, and is not asked about what passes anyway', () => {
    const never = (): ValidationReport => assert.fail('judged again for nothing');
    assert.equal(judgeSoftened(unknown, [{ authority: 'CN=Issuing', until: at }], at, never), null);
    assert.equal(judgeSoftened(unknown, undefined, at, never), null);
    assert.equal(judgeSoftened(soft, softened, at, never), null);
  });

  it('that covers one of two silent authorities leaves the other as what stands in the way', () => {
    const both = report(false, ['CN=Issuing', 'unknown'], ['CN=Root', 'unknown']);
    const told = withoutSoftened(both, softened, at);
    assert.deepEqual(
      told?.validation.entries.map(({ certificateIndex }) => certificateIndex),
      [1],
    );
    assert.deepEqual(told?.by, softened);
    assert.equal(withoutSoftened(both, [{ authority: 'CN=Other', until: at + hour }], at), null);
    assert.equal(withoutSoftened(unknown, softened, at), null);
  });
});
