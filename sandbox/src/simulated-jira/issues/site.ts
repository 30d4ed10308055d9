/** What the simulated Jira is set up with: people, projects, types, statuses, priorities. Tables, all made up. */
import type { IssueType, Priority, Project, Status, User } from './issue.ts';

const person = (name: string, key: string, displayName: string, timeZone = 'Europe/Berlin', active = true): User => ({
  name,
  key,
  displayName,
  emailAddress: `${name}@customer.example`,
  timeZone,
  active,
});

/** The account that Sallyport signs in with. Its zone is not UTC, on purpose. */
export const serviceAccount = person('svc-sallyport', 'JIRAUSER10100', 'Sallyport Service Account');

export const people: readonly [User, ...User[]] = [
  person('amelie.roth', 'amelie.roth', 'Amélie Roth'),
  person('b.okafor', 'JIRAUSER10201', 'Blessing Okafor', 'Africa/Lagos'),
  person('chen.wei', 'JIRAUSER10202', '陈伟', 'Asia/Shanghai'),
  person('dmitri', 'JIRAUSER10203', 'Dmitri Sokolov', 'Europe/Tallinn'),
  person('elin.strand', 'JIRAUSER10204', 'Elin Strand', 'Europe/Oslo'),
  person('fatima.z', 'JIRAUSER10205', 'Fatima Zahra', 'Africa/Casablanca'),
  person('g.moreau', 'gmoreau', 'Gaël Moreau', 'Europe/Paris'),
  person('hiro.tanaka', 'JIRAUSER10207', 'Hiro Tanaka', 'Asia/Tokyo'),
  person('i.novak', 'inovak', 'Iva Nováková', 'Europe/Prague'),
  person('left.company', 'JIRAUSER10209', 'Jonas Former', 'Europe/Berlin', false),
];

export const projects: readonly [Project, ...Project[]] = [
  { id: 10000, key: 'SAND', name: 'SANDBOX Web shop', isPublic: false },
  { id: 10001, key: 'PAY', name: 'SANDBOX Payments', isPublic: false },
  { id: 10002, key: 'OPS', name: 'SANDBOX Operations', isPublic: false },
  { id: 10003, key: 'PUB', name: 'SANDBOX Public roadmap', isPublic: true },
];

const issueType = (id: string, name: string, description: string, isSubtask = false): IssueType => ({
  id,
  name,
  description,
  isSubtask,
});

export const epic = issueType('10000', 'Epic', 'A big piece of work that is broken down.');
export const story = issueType('10001', 'Story', 'A user story.');
export const task = issueType('10002', 'Task', 'A piece of work.');
export const bug = issueType('10004', 'Bug', 'Something does not work as it should.');
export const subtask = issueType('10003', 'Sub-task', 'A part of an issue.', true);
export const issueTypes: readonly IssueType[] = [epic, story, task, bug, subtask];

const toDo = { id: 2, key: 'new', name: 'To Do', colorName: 'default' };
const inProgress = { id: 4, key: 'indeterminate', name: 'In Progress', colorName: 'inprogress' };
const done = { id: 3, key: 'done', name: 'Done', colorName: 'success' };

/** In the order in which work moves. */
export const statuses: readonly [Status, ...Status[]] = [
  { id: '10000', name: 'To Do', description: '', category: toDo },
  { id: '3', name: 'In Progress', description: 'Someone works on it.', category: inProgress },
  { id: '10100', name: 'In Review', description: 'Waits for a second pair of eyes.', category: inProgress },
  { id: '10101', name: 'Warten auf Kunde', description: 'Blocked outside of the team.', category: inProgress },
  { id: '10001', name: 'Done', description: '', category: done },
];

export const priorities: readonly [Priority, ...Priority[]] = [
  { id: '1', name: 'Highest' },
  { id: '2', name: 'High' },
  { id: '3', name: 'Medium' },
  { id: '4', name: 'Low' },
];

/** Ids differ from site to site: clients find them by `schema.custom` in `GET /field`. */
export const customFields = {
  sprint: 'customfield_10105',
  epicLink: 'customfield_10106',
  epicName: 'customfield_10107',
  rank: 'customfield_10109',
  storyPoints: 'customfield_10002',
  customer: 'customfield_10301',
} as const;
