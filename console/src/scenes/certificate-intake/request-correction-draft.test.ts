import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changedRequestFacts, requestCorrectionOf } from './request-correction-draft.ts';

const asked = {
  kind: 'operator-named',
  domain: null,
  policy: 'public-third-party',
  name: 'Ours',
  contacts: {
    owner: { name: 'Ada', email: 'ada@example.org' },
    technical: { name: 'Ben', email: 'ben@example.org' },
  },
} as const;

describe('the correction of a request', () => {
  it('asks for nothing where nothing differs', () => {
    assert.deepEqual(changedRequestFacts(asked, requestCorrectionOf(asked)), {});
  });
  it('asks for what differs alone, and keeps the technical contact beside another owner', () => {
    const draft = { ...requestCorrectionOf(asked), domain: 'Ours.Example ', ownerName: 'Cleo' };
    assert.deepEqual(changedRequestFacts(asked, draft), {
      domain: 'ours.example',
      contacts: { owner: { name: 'Cleo', email: 'ada@example.org' }, technical: asked.contacts.technical },
    });
  });
});
