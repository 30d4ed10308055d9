/** Living changes: the next version of an issue, as a person would have made it, with its changelog entry. */
import type { Chance } from './chance.ts';
import type { History, HistoryItem, Issue } from './issue.ts';
import { people, priorities, statuses } from './site.ts';

/** Older entries of an issue that changes all day are dropped, so that the sandbox does not grow without end. */
const longestChangelog = 60;

/** `at` is when it happens, epoch milliseconds; the new version's `updated` is at least one later than the old one's. */
export function changeIssue(issue: Issue, chance: Chance, at: number, historyId: number): Issue {
  const updated = Math.max(at, issue.updated + 1);
  const author = chance.oneOf(people);
  const [next, item] = chance.isTrue(0.6) ? moved(issue, chance, updated) : edited(issue, chance);
  const history: History = { id: historyId, author, created: updated, items: [item] };
  return { ...next, updated, histories: [...issue.histories, history].slice(-longestChangelog) };
}

function moved(issue: Issue, chance: Chance, at: number): [Issue, HistoryItem] {
  const others = statuses.filter(({ id }) => id !== issue.status.id);
  const status = others[chance.below(others.length)] ?? statuses[0];
  return [
    { ...issue, status, resolved: status.category.key === 'done' ? at : null },
    {
      field: 'status',
      from: issue.status.id,
      fromText: issue.status.name,
      to: status.id,
      toText: status.name,
    },
  ];
}

function edited(issue: Issue, chance: Chance): [Issue, HistoryItem] {
  if (chance.isTrue(0.4)) {
    const assignee = chance.isTrue(0.9) ? chance.oneOf(people) : null;
    const item: HistoryItem = {
      field: 'assignee',
      from: issue.assignee?.key ?? null,
      fromText: issue.assignee?.displayName ?? null,
      to: assignee?.key ?? null,
      toText: assignee?.displayName ?? null,
    };
    return [{ ...issue, assignee }, item];
  }
  if (chance.isTrue(0.5)) {
    const priority = chance.oneOf(priorities);
    const { id, name } = issue.priority;
    return [
      { ...issue, priority },
      { field: 'priority', from: id, fromText: name, to: priority.id, toText: priority.name },
    ];
  }
  const summary = `${issue.summary.replace(/ \(v\d+\)$/, '')} (v${2 + chance.below(90)})`;
  return [
    { ...issue, summary },
    { field: 'summary', from: null, fromText: issue.summary, to: null, toText: summary },
  ];
}
