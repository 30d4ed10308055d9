import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultTerms } from './default-terms.ts';
import { dialsTheSame } from './dialled-terms.ts';

const contact = { name: 'Ada', email: 'ada@example.org' };
const terms = defaultTerms({
  baseUrl: 'https://jira.example.org',
  projectKeys: ['ABC'],
  contacts: { owner: contact, technical: contact },
});

describe('terms that change', () => {
  it('dial the same where only words, keeping, contacts or what a person may ask the doctor change', () => {
    const after = {
      ...terms,
      version: 2,
      probes: 'negative',
      contacts: { owner: contact, technical: { ...contact, name: 'Bo' } },
      retention: { issueDays: 7, handshakeDays: 7 },
    } as const;
    assert.equal(dialsTheSame(terms, after), true);
  });

  it('dial otherwise where the address, the rules or what is asked for changes', () => {
    for (const change of [
      { baseUrl: 'https://jira.example.org/jira' },
      { revocation: 'soft' },
      { projectKeys: ['ABC', 'DEF'] },
      { allowPrivate: true },
      { egressGroup: 'other' },
    ] as const)
      assert.equal(dialsTheSame(terms, { ...terms, ...change }), false, JSON.stringify(change));
  });
});
