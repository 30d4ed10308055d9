import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CertificateUpload } from '@sallyport/console-api';
import { factOf, factsToCorrect } from './fact-to-correct.ts';

const finding = (code: string, severity: 'blocks' | 'warns') =>
  ({ code, severity }) as CertificateUpload['findings'][number];
const trust = (status: 'pass' | 'fail') => ({ trust: { status } }) as CertificateUpload['checks'];

describe('a certificate that was refused for its request', () => {
  it('points at each fact once that may have been said wrongly', () => {
    const findings = [finding('outside-domain', 'blocks'), finding('X509_SELF_ISSUED_NOT_TRUSTED', 'blocks')];
    assert.deepEqual(factsToCorrect({ findings: [...findings, ...findings], checks: trust('fail') }), [
      'domain',
      'policy',
    ]);
  });
  it('points at none where other files are needed, or where it only warns', () => {
    const findings = [finding('certificate-of-another-key', 'blocks'), finding('no-agreed-root', 'warns')];
    assert.deepEqual(factsToCorrect({ findings, checks: trust('pass') }), []);
    assert.deepEqual(factsToCorrect({ findings, checks: null }), []);
  });
  it('opens no form for a fact that nobody knows', () => {
    assert.deepEqual([factOf('domain'), factOf('owner'), factOf(null)], ['domain', null, null]);
  });
});
