import { sandboxFaults } from '@sallyport/console-api';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultGroups, faultsThatFit } from './fault-groups.ts';

describe('the faults of the sandbox', () => {
  it('each stand in a group that is shown', () => {
    const shown = new Set(faultGroups.map(({ group }) => group));
    assert.deepEqual(
      sandboxFaults.filter(({ group }) => !shown.has(group)),
      [],
    );
  });

  it('are found by every word that was typed, in any order, by their name on the command line too', () => {
    const names = (search: string): readonly string[] => faultsThatFit(sandboxFaults, search).map(({ name }) => name);
    assert.deepEqual(names('SERVER expired'), ['expired']);
    assert.deepEqual(names('source-html'), ['source-html']);
    assert.deepEqual(names('no fault has these words'), []);
    assert.equal(names('').length, sandboxFaults.length);
  });
});
