import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoredHandshake } from '@sallyport/store';
import { handshake as handshakeSchema } from '@sallyport/console-api';
import { findingOf, pathEnd, shownHandshake } from './shown-handshake.ts';

const stored = (evidence: unknown, verdict: StoredHandshake['verdict'] = 'none'): StoredHandshake => ({
  id: '6f1b3f0e-4f0c-4a53-9a43-0f4f3f0b0001',
  customerId: '6f1b3f0e-4f0c-4a53-9a43-0f4f3f0b0002',
  connectionId: '6f1b3f0e-4f0c-4a53-9a43-0f4f3f0b0003',
  at: new Date('2026-11-25T12:00:00Z'),
  purpose: 'check',
  verdict,
  termsSha256: 'a'.repeat(64),
  connectorId: 'connector-1',
  evidence,
  chainSha256: [],
});
const certificate = {
  subject: '',
  issuer: '',
  serial: '01',
  notBefore: '2026-01-01T00:00:00Z',
  key: 'P-256',
  sha256: '',
  subjectAltNames: [],
};
const passed = { status: 'pass', code: 'ok', message: 'fine', actor: null, evidence: {} };
const checks = { validity: passed, trust: passed, signature: passed, name: passed, revocation: passed };
const report = (over: object = {}, path: object[] = []) => ({
  verdict: 'refused',
  at: '2026-11-25T12:00:00Z',
  checks: { ...checks, ...over },
  path,
});

describe('stored evidence', () => {
  for (const odd of [
    null,
    'text',
    7,
    [],
    {},
    { report: 'none', tls: 3, error: {}, clientCertificate: { requested: 'yes' } },
  ]) {
    it(`is shown as far as it can be read: ${JSON.stringify(odd)}`, () => {
      const shown = shownHandshake(stored(odd));
      assert.deepEqual(handshakeSchema.parse(shown), shown);
      assert.equal(shown.report, null);
      assert.equal(shown.clientCertificate.requested, false);
    });
  }

  it('tells which forward proxy stood on the way, where one did', () => {
    const proxy = {
      url: 'http://proxy.example:3128',
      authentication: 'basic',
      path: ['proxy.example:3128', 'jira.example:443'],
      report: null,
      tls: null,
      status: 200,
    };
    assert.deepEqual(shownHandshake(stored({ proxy: { ...proxy, password: 'never' } })).proxy, proxy);
    assert.equal(shownHandshake(stored({ proxy: 'odd' })).proxy, undefined);
  });

  it('names the check that failed rather than that the checks refused', () => {
    const expired = { ...passed, status: 'fail', code: 'X509_EXPIRED', message: 'It has expired.', actor: 'customer' };
    const error = { code: 'checks-refused', message: 'The checks refused.', actor: 'customer' };
    const shown = shownHandshake(stored({ report: report({ validity: expired }), error }, 'refused'));
    assert.equal(findingOf(shown)?.code, 'X509_EXPIRED');
  });

  it('tells how a dial ended that was never judged', () => {
    const error = { code: 'connect-refused', message: 'Nobody listens there.', actor: 'customer' };
    assert.deepEqual(findingOf(shownHandshake(stored({ error }))), error);
  });

  it('is no finding where both sides accepted, and one where the far side refused our certificate', () => {
    assert.equal(findingOf(shownHandshake(stored({ clientCertificateOutcome: 'accepted' }, 'accepted'))), null);
    const refused = shownHandshake(stored({ clientCertificateOutcome: 'refused' }, 'accepted'));
    assert.equal(findingOf(refused)?.code, 'client-certificate-refused');
  });

  it('ends with the first certificate of the path; the anchor is none of the path', () => {
    const path = [
      { ...certificate, role: 'end-entity', notAfter: '2027-03-01T00:00:00Z' },
      { ...certificate, role: 'intermediate', notAfter: '2027-02-01T00:00:00Z' },
      { ...certificate, role: 'anchor', notAfter: '2026-12-01T00:00:00Z' },
    ];
    assert.equal(pathEnd(shownHandshake(stored({ report: report({}, path) }))), '2027-02-01T00:00:00.000Z');
    assert.equal(pathEnd(null), null);
  });
});
