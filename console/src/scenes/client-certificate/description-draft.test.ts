import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeOf, descriptionFaults, draftOf } from './description-draft.ts';

const owner = { name: 'Olga', email: 'olga@acme.example' };
const bare = draftOf({ name: 'Wildcard', contacts: null });

describe('name and contacts of a certificate', () => {
  it('become what they were', () => {
    const contacts = { owner, technical: { name: 'Tim', email: 'tim@acme.example' } };
    assert.deepEqual(changeOf(draftOf({ name: 'Wildcard', contacts })), { name: 'Wildcard', contacts });
  });

  it('may go without contacts', () => {
    assert.deepEqual(descriptionFaults(bare), {});
    assert.deepEqual(changeOf(bare), { name: 'Wildcard' });
  });

  it('need a name, an address for whoever is named, and an owner beside somebody technical', () => {
    const faultsOf = (changes: Partial<typeof bare>): string[] =>
      Object.keys(descriptionFaults({ ...bare, ...changes }));
    assert.deepEqual(faultsOf({ name: ' ' }), ['name']);
    assert.deepEqual(faultsOf({ ownerName: 'Olga' }), ['ownerEmail']);
    assert.deepEqual(faultsOf({ technicalName: 'Tim', technicalEmail: 'tim@acme.example' }), [
      'ownerName',
      'ownerEmail',
    ]);
  });
});
