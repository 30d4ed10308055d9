import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ledger } from '../ledger.ts';
import { LivingChanges } from '../living-changes.ts';
import { generateIssues } from './generate-issues.ts';
import { IssueStore } from './issue-store.ts';

const base = Date.parse('2026-11-20T12:00:00Z');

describe('the made-up issues', () => {
  it('are the same for one seed, and others for another', () => {
    assert.deepEqual(generateIssues(200, 1, base), generateIssues(200, 1, base));
    assert.notDeepEqual(generateIssues(200, 1, base), generateIssues(200, 2, base));
  });

  it('have ids and keys of their own, and dates that can be', () => {
    const issues = generateIssues(2000, 3, base);
    assert.equal(new Set(issues.map(({ id }) => id)).size, 2000);
    assert.equal(new Set(issues.map(({ key }) => key)).size, 2000);
    for (const { created, updated, histories, key } of issues) {
      assert.ok(created <= updated && updated <= base, key);
      for (const history of histories) assert.ok(history.created >= created && history.created <= updated, key);
    }
  });

  it('name parents and epics that exist, in the same project', () => {
    const issues = generateIssues(1000, 3, base);
    const keys = new Set(issues.map(({ key }) => key));
    for (const { epicKey, parentKey, project } of issues) {
      for (const key of [epicKey, parentKey]) {
        if (key !== null) assert.ok(keys.has(key) && key.startsWith(`${project.key}-`), key);
      }
    }
  });

  it('live on: each change is newer, has its changelog entry, and is in the ledger', () => {
    const store = new IssueStore(generateIssues(50, 3, base));
    const ledger = new Ledger();
    const changes = new LivingChanges(store, ledger, { seed: 3, journalPath: null, indexLagMilliseconds: 0 });
    for (const issue of changes.make('changed', 40, base + 1000)) {
      assert.ok(issue.updated >= base + 1000);
      assert.equal(issue.histories.at(-1)?.created, issue.updated);
    }
    assert.equal(changes.make('created', 2, base + 2000).length, 2);
    assert.equal(changes.make('deleted', 3, base + 3000).length, 3);
    assert.equal(store.size, 49);
    assert.equal((ledger.read(0).written as unknown[]).length, 45);
  });

  it('are after a restart as they were before it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-changes-'));
    try {
      const options = { seed: 3, journalPath: join(folder, 'changes.log'), indexLagMilliseconds: 500 };
      const before = new IssueStore(generateIssues(50, 3, base));
      const changes = new LivingChanges(before, new Ledger(), options);
      changes.make('changed', 30, base + 1000);
      changes.make('created', 2, base + 2000);
      changes.make('deleted', 1, base + 3000);
      const after = new IssueStore(generateIssues(50, 3, base));
      const again = new LivingChanges(after, new Ledger(), options);
      assert.deepEqual([...after.all()], [...before.all()]);
      assert.equal(after.index(base + 3000).length, after.size, 'what was replayed is in the index at once');
      assert.equal(again.make('created', 1, base + 4000).length, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
