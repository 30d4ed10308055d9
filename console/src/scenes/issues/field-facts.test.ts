import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldFacts } from './field-facts.ts';

const sprint =
  'com.atlassian.greenhopper.service.sprint.Sprint@fe8d317a[id=3482,rapidViewId=7,state=ACTIVE,name=Shop, Team A = Sprint 482]';
const facts = (document: Readonly<Record<string, unknown>>, sprints: { name: string; state: string | null }[] = []) =>
  fieldFacts({ document, sprints, epicKey: 'OPS-1' });

describe('the fields of an issue', () => {
  it('name the sprints, not the object of Java that Jira sends', () => {
    const sprints = [
      { name: 'Sprint 481', state: 'CLOSED' },
      { name: 'Shop, Team A = Sprint 482', state: 'ACTIVE' },
    ];
    assert.deepEqual(facts({ customfield_10105: [sprint] }, sprints), [
      { term: 'Sprints', detail: 'Sprint 481 (closed), Shop, Team A = Sprint 482 (active)' },
    ]);
    assert.deepEqual(facts({}, [{ name: 'Sprint 1', state: null }]), [{ term: 'Sprint', detail: 'Sprint 1' }]);
  });

  it('name the epic, whatever its field is called on this site', () => {
    assert.deepEqual(facts({ customfield_10106: 'OPS-1' }), [{ term: 'Epic', detail: 'OPS-1' }]);
  });

  it('write instants like the rest of the page, in UTC', () => {
    assert.deepEqual(facts({ resolutiondate: '2026-10-09T03:11:22.688+0200' }), [
      { term: 'Resolved', detail: '9 Oct 2026, 01:11:22 UTC' },
    ]);
    assert.deepEqual(facts({ duedate: '2026-10-09' }), [{ term: 'Due', detail: '9 Oct 2026' }]);
  });

  it('say how issues are linked', () => {
    const issuelinks = [
      { type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' }, outwardIssue: { key: 'OPS-2' } },
      { type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' }, inwardIssue: { key: 'OPS-3' } },
    ];
    assert.deepEqual(facts({ issuelinks }), [{ term: 'Links', detail: 'blocks OPS-2, is blocked by OPS-3' }]);
  });

  it('leave out what is empty and what stands above them', () => {
    assert.deepEqual(facts({ summary: 'x', labels: [], resolution: null, customfield_1: 'kept' }), [
      { term: 'customfield_1', detail: 'kept' },
    ]);
  });
});
