/** Sprints of an issue: objects on newer sites, the text of a Java object on older ones, or both mixed. */
import { readJiraInstant, type EpochMilliseconds } from './jira-instant.ts';
import { asObject, asText, storableText } from './json-value.ts';

export interface JiraSprint {
  /** Numeric id as digits. */
  readonly id: string;
  readonly name: string;
  /** `ACTIVE`, `CLOSED`, `FUTURE`; null where Jira did not say. */
  readonly state: string | null;
  readonly boardId: string | null;
  readonly startAt: EpochMilliseconds | null;
  readonly endAt: EpochMilliseconds | null;
  readonly completeAt: EpochMilliseconds | null;
}

const members = [
  'id',
  'rapidViewId',
  'state',
  'name',
  'goal',
  'startDate',
  'endDate',
  'completeDate',
  'activatedDate',
  'sequence',
  'synced',
  'autoStartStop',
  'incompleteIssuesDestinationId',
];
const memberStart = new RegExp(`(?:^|,)(${members.join('|')})=`, 'g');
/** Text that people wrote: it may hold commas, equals signs and brackets. */
const writtenByPeople = ['name', 'goal'];
const sprintText = /^[\w.$]*Sprint@[0-9a-f]+\[([\s\S]*)\]\s*$/i;

/** True for a value that holds sprints, whatever the field is called on this site. */
export function looksLikeSprints(value: unknown): boolean {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && sprintText.test(first);
}

/** Null for a value that is no sprint. */
export function readSprint(value: unknown): JiraSprint | null {
  const read = typeof value === 'string' ? readSprintText(value) : asObject(value);
  if (read === null) return null;
  const id = asText(read.id);
  if (id === null || !/^\d{1,18}$/.test(id)) return null;
  return {
    id,
    name: asText(read.name) ?? `Sprint ${id}`,
    state: asText(read.state)?.toUpperCase() ?? null,
    boardId: asText(read.rapidViewId) ?? asText(read.originBoardId) ?? asText(read.boardId),
    startAt: readJiraInstant(read.startDate),
    endAt: readJiraInstant(read.endDate),
    completeAt: readJiraInstant(read.completeDate),
  };
}

/** Reads `…Sprint@21d00be2[id=225,…,name=a, b=c],…]`; the order of members varies, null is `<null>`. */
function readSprintText(text: string): Record<string, string | null> | null {
  const content = sprintText.exec(text)?.[1];
  if (content === undefined) return null;
  const read: Record<string, string | null> = {};
  let open: { name: string; from: number } | null = null;
  const close = (to: number): void => {
    if (open !== null) read[open.name] = memberValue(content.slice(open.from, to));
  };
  for (const match of content.matchAll(memberStart)) {
    const name = match[1] ?? '';
    // A member that came already, inside a person's text, belongs to that text.
    if (name in read && open !== null && writtenByPeople.includes(open.name)) continue;
    close(match.index);
    open = { name, from: match.index + match[0].length };
  }
  close(content.length);
  return read;
}

function memberValue(text: string): string | null {
  return text === '<null>' || text === '' ? null : storableText(text);
}
