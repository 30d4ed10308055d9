import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actorName, auditWords, subjectAddress } from './audit.ts';

describe('the audit trail in words', () => {
  it('says what was done, what was only asked for, and shows the code of what it does not know', () => {
    assert.equal(auditWords('swap.activate'), 'The pointer was moved: activated');
    assert.equal(auditWords('swap.asked.roll-back'), 'Somebody asked to roll back');
    assert.equal(auditWords('swap.asked-roll-back'), 'Taken up: asked to roll back');
    assert.equal(auditWords('rollout.asked.stop'), 'Somebody asked to stop');
    assert.equal(auditWords('moon.landed'), 'moon.landed');
  });

  it('leads to the page of what it is about', () => {
    assert.equal(subjectAddress('swap:1-a'), '/swaps/1-a');
    assert.equal(subjectAddress('certificate-upload:1'), '/client-certificates/uploads/1');
    assert.equal(subjectAddress('calendar:operator'), null);
    assert.equal(subjectAddress('nothing'), null);
  });

  it('names people, and says of others what they are', () => {
    const people = new Map([['1', 'Ada']]);
    assert.deepEqual(
      ['person:1', 'person:2', 'token:3', 'connector:one', 'set-up:test'].map((actor) => actorName(actor, people)),
      ['Ada', 'somebody who may not sign in any more', 'an API token', 'connector one', 'set-up:test'],
    );
  });
});
