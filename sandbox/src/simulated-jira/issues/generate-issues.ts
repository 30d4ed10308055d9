/** Makes the issues of the sandbox from a seed: believable, and the same each time for one seed and base instant. */
import { Chance } from './chance.ts';
import type { History, Issue, IssueType, Project, Sprint, User } from './issue.ts';
import { bug, epic, people, priorities, projects, statuses, story, subtask, task } from './site.ts';
import {
  actions,
  circumstances,
  components,
  customers,
  labels,
  sprintNames,
  symptoms,
  things,
  versions,
} from './vocabulary.ts';

const dayMilliseconds = 86_400_000;
const firstIssueId = 10_000;
/** How far before the base instant the first issue was created. */
const historyDays = 540;
/** One in so many groups was changed together, in one millisecond, as a bulk edit does it. */
const bulkEditGroup = 12;

/** `base` is the instant at which the youngest issue was last changed, epoch milliseconds. */
export function generateIssues(count: number, seed: number, base: number): Issue[] {
  const chance = new Chance(seed);
  const issues: Issue[] = [];
  const epics = new Map<string, Issue[]>();
  const numbers = new Map<string, number>();
  const begin = base - historyDays * dayMilliseconds;
  let historyId = 20_000;
  let bulkEdit = { left: 0, at: 0 };
  for (let index = 0; index < count; index += 1) {
    const project = index % 4 === 3 ? (projects[3] ?? projects[0]) : (projects[chance.below(3)] ?? projects[0]);
    const number = (numbers.get(project.key) ?? 0) + 1;
    numbers.set(project.key, number);
    const parents = epics.get(project.key) ?? [];
    const type =
      number % 25 === 1 ? epic : chance.oneOf([story, story, task, bug, bug, ...(parents.length > 0 ? [subtask] : [])]);
    const created = Math.floor(begin + ((base - begin) * index) / count - chance.below(600_000));
    if (bulkEdit.left === 0 && chance.isTrue(1 / 120)) {
      bulkEdit = { left: bulkEditGroup, at: Math.floor(base - chance.below((historyDays / 3) * dayMilliseconds)) };
    }
    const drawn = Math.floor(created + chance.fraction() * chance.fraction() * (base - created));
    const updated = bulkEdit.left > 0 && bulkEdit.at > created ? bulkEdit.at : drawn;
    if (bulkEdit.left > 0) bulkEdit = { left: bulkEdit.left - 1, at: bulkEdit.at };
    const step = chance.below(statuses.length);
    const sprints = type === epic || type === subtask ? [] : sprintsOf(chance, project, created, base);
    const histories = historiesOf(chance, step, created, updated, historyId, sprints);
    historyId += histories.length;
    const status = statuses[step] ?? statuses[0];
    const parentEpic = parents.length > 0 ? (parents[chance.below(parents.length)] ?? null) : null;
    const issue: Issue = {
      id: firstIssueId + index,
      key: `${project.key}-${number}`,
      project,
      type,
      status,
      priority: chance.oneOf(priorities),
      summary: summaryOf(chance, type),
      description: descriptionOf(chance, type),
      creator: chance.oneOf(people),
      reporter: chance.oneOf(people),
      assignee: chance.isTrue(0.8) ? chance.oneOf(people) : null,
      created,
      updated: Math.max(updated, created),
      resolved: status.category.key === 'done' ? Math.max(updated, created) : null,
      dueDate: chance.isTrue(0.2) ? new Date(updated + 20 * dayMilliseconds).toISOString().slice(0, 10) : null,
      labels: chance.isTrue(0.4) ? [...new Set([chance.oneOf(labels), chance.oneOf(labels)])] : [],
      component: chance.isTrue(0.6) ? chance.oneOf(components) : null,
      fixVersion: chance.isTrue(0.3) ? chance.oneOf(versions) : null,
      sprints,
      epicKey: type !== epic && type !== subtask && chance.isTrue(0.6) ? (parentEpic?.key ?? null) : null,
      parentKey: type === subtask ? (parentEpic?.key ?? null) : null,
      storyPoints: type === story ? chance.oneOf([1, 2, 3, 5, 8, 0.5]) : null,
      rank: `0|i${index.toString(36).padStart(5, '0')}:`,
      customer: chance.isTrue(0.15) ? chance.oneOf(customers) : null,
      histories,
    };
    if (type === epic) epics.set(project.key, [...parents, issue]);
    issues.push(issue);
  }
  return issues;
}

function historiesOf(
  chance: Chance,
  step: number,
  created: number,
  updated: number,
  firstId: number,
  sprints: readonly Sprint[],
): History[] {
  const histories: History[] = [];
  const total = step + 1;
  const at = (index: number): number => Math.floor(created + ((updated - created) * (index + 1)) / total);
  const author = (): User => chance.oneOf(people);
  for (let index = 0; index < step; index += 1) {
    const from = statuses[index] ?? statuses[0];
    const to = statuses[index + 1] ?? statuses[0];
    const items = [{ field: 'status', from: from.id, fromText: from.name, to: to.id, toText: to.name }];
    histories.push({ id: firstId + index, author: author(), created: at(index), items });
  }
  const [sprint] = sprints;
  if (sprint !== undefined) {
    const items = [{ field: 'Sprint', from: '', fromText: '', to: String(sprint.id), toText: sprint.name }];
    histories.push({ id: firstId + step, author: author(), created: at(step), items });
  }
  return histories;
}

function sprintsOf(chance: Chance, project: Project, created: number, base: number): Sprint[] {
  if (chance.isTrue(0.3)) return [];
  const length = 14 * dayMilliseconds;
  const first = Math.floor(created / length) + 1;
  return Array.from({ length: chance.isTrue(0.25) ? 2 : 1 }, (_unused, offset) => {
    const number = first + offset;
    const begins = number * length;
    const state = begins + length < base ? 'CLOSED' : begins < base ? 'ACTIVE' : 'FUTURE';
    const title = sprintNames[(number + project.id) % sprintNames.length] ?? sprintNames[0];
    return {
      id: (project.id - 9_999) * 1_000 + (number % 1_000),
      boardId: project.id - 9_990,
      state,
      name: `${title} ${number % 1_000}`,
      goal: number % 3 === 0 ? 'Ship it, [really]' : '',
      begins,
      ends: begins + length,
    };
  });
}

function summaryOf(chance: Chance, type: IssueType): string {
  const thing = chance.oneOf(things);
  if (type !== bug) return `${chance.oneOf(actions)} ${thing} ${chance.oneOf(circumstances)}`;
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)} ${chance.oneOf(symptoms)} ${chance.oneOf(circumstances)}`;
}

function descriptionOf(chance: Chance, type: IssueType): string {
  const thing = chance.oneOf(things);
  if (type === bug) {
    return [
      'h3. Steps',
      `# Open ${thing} ${chance.oneOf(circumstances)}`,
      '# Press *Save*',
      '',
      'h3. Expected / seen',
      `It works. Instead it ${chance.oneOf(symptoms)}.`,
      '{code:java}',
      `java.lang.IllegalStateException: order ${chance.below(1_000_000)} is closed`,
      '\tat example.shop.Order.close(Order.java:42)',
      '{code}',
    ].join('\r\n');
  }
  const wish = `${chance.oneOf(actions).toLowerCase()} ${thing}`;
  return [
    `As a shop owner I want to ${wish} ${chance.oneOf(circumstances)}.`,
    '',
    '||Case||Wanted||',
    `|${chance.oneOf(circumstances)}|{color:green}works{color}|`,
    '* see [the concept|https://wiki.customer.example/x/AbC]',
    `* [~${chance.oneOf(people).name}] knows more`,
  ].join('\r\n');
}
