import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changedFacts, correctionOf } from './correction-draft.ts';

const certificate = { kind: 'operator-named', domain: 'ours.example', policy: 'agreed-private-ca' } as const;
const draft = correctionOf(certificate);

describe('the correction of what was said of a certificate', () => {
  it('asks for nothing while nothing differs', () => {
    assert.deepEqual(changedFacts(certificate, draft), {});
    assert.deepEqual(changedFacts({ ...certificate, domain: null }, { ...draft, domain: '  ' }), {});
  });
  it('asks for what differs alone', () => {
    assert.deepEqual(changedFacts(certificate, { ...draft, kind: 'operator-wildcard', domain: ' Other.Example ' }), {
      kind: 'operator-wildcard',
      domain: 'other.example',
    });
    assert.deepEqual(changedFacts(certificate, { ...draft, domain: '', anchorsPem: ' PEM ' }), {
      domain: null,
      anchorsPem: 'PEM',
    });
  });
  it('sends no roots with a public authority', () => {
    assert.deepEqual(changedFacts(certificate, { ...draft, policy: 'public-third-party', anchorsPem: 'PEM' }), {
      policy: 'public-third-party',
    });
  });
});
