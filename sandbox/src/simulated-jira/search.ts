/** `GET|POST /rest/api/2/search`: a page of issues by JQL, with the caps of a Data Center. */
import { jiraError, json, type Answer } from './answer.ts';
import type { IssueDocuments } from './issue-document.ts';
import type { Issue, Project } from './issues/issue.ts';
import type { IssueStore } from './issues/issue-store.ts';
import { compileClause, compileOrder } from './jql/evaluate.ts';
import { JqlError } from './jql/jql-error.ts';
import { parseJql, type OrderTerm } from './jql/parse.ts';
import type { SearchContext } from './jql/search-fields.ts';
import { oddIssues } from './odd-issues.ts';

/** `jira.search.views.default.max`: more is not given, and the answer says how many it gave. */
export const mostResults = 1000;
const defaultResults = 50;

export interface SearchRequest {
  readonly jql: string;
  readonly startAt: number;
  readonly maxResults: number;
  readonly fields: readonly string[];
  readonly expand: readonly string[];
  /** With `none`, what does not exist matches nothing instead of being an error. */
  readonly isValidated: boolean;
}

export interface SearchSurroundings {
  readonly store: IssueStore;
  readonly documents: IssueDocuments;
  readonly now: number;
  readonly zone: string;
  readonly userName: string | null;
  readonly visibleProjects: readonly Project[];
  /** Numbers the searches: ties come in another order each time, as from another node. */
  readonly searchNumber: number;
  readonly withOddIssues: boolean;
}

/** From the query of a GET or the body of a POST; a text is what is wrong with it. */
export function readSearchRequest(
  parameters: URLSearchParams | Readonly<Record<string, unknown>>,
): SearchRequest | string {
  const value = (name: string): unknown =>
    parameters instanceof URLSearchParams ? (parameters.get(name) ?? undefined) : parameters[name];
  const list = (name: string): string[] => {
    const raw = parameters instanceof URLSearchParams ? parameters.getAll(name) : (parameters[name] ?? []);
    return (Array.isArray(raw) ? raw : [raw])
      .flatMap((text) => String(text).split(','))
      .map((text) => text.trim())
      .filter(Boolean);
  };
  const startAt = Number(value('startAt') ?? 0);
  const maxResults = Number(value('maxResults') ?? defaultResults);
  if (!Number.isInteger(startAt) || !Number.isInteger(maxResults))
    return 'startAt and maxResults must be whole numbers.';
  if (startAt < 0) return "The value for 'startAt' must not be negative.";
  if (maxResults < 0) return "The value for 'maxResults' must not be negative.";
  const jql = value('jql') ?? '';
  if (typeof jql !== 'string') return 'Can not deserialize instance of java.lang.String: jql';
  const validateQuery = String(value('validateQuery') ?? 'strict');
  return {
    jql,
    startAt,
    maxResults: Math.min(maxResults, mostResults),
    fields: list('fields'),
    expand: list('expand'),
    isValidated: validateQuery !== 'none' && validateQuery !== 'false',
  };
}

export function search(request: SearchRequest, surroundings: SearchSurroundings): Answer {
  let found: readonly Issue[];
  try {
    found = findIssues(request, surroundings);
  } catch (error) {
    if (!(error instanceof JqlError)) throw error;
    return { ...jiraError(400, ...error.messages), jql: request.jql };
  }
  const { store, documents, zone } = surroundings;
  const page = found.slice(request.startAt, request.startAt + request.maxResults);
  const form = {
    fields: request.fields.length === 0 ? ['*navigable'] : request.fields,
    withChangelog: request.expand.includes('changelog'),
    zone,
  };
  const parts = page.map((issue) => documents.bytes(issue, form, store.size));
  if (surroundings.withOddIssues && request.startAt === 0 && request.maxResults > 0)
    parts.push(...oddIssues.map((issue) => Buffer.from(JSON.stringify(issue))));
  const head = {
    expand: 'schema,names',
    startAt: request.startAt,
    maxResults: request.maxResults,
    total: found.length,
  };
  return {
    status: 200,
    contentType: 'application/json;charset=UTF-8',
    body: pageBytes(head, parts),
    jql: request.jql,
    issues: parts.length,
  };
}

/** The answer that a sample gives, whatever was asked. */
export function searchSample(request: SearchRequest, issues: readonly unknown[]): Answer {
  const page = issues.slice(request.startAt, request.startAt + request.maxResults);
  const { startAt, maxResults, jql } = request;
  const body = { expand: 'schema,names', startAt, maxResults, total: issues.length, issues: page };
  return { ...json(200, body), jql, issues: page.length };
}

function findIssues(request: SearchRequest, surroundings: SearchSurroundings): readonly Issue[] {
  const { store, now, zone, userName, visibleProjects, searchNumber } = surroundings;
  const { clause, order } = parseJql(request.jql);
  const context: SearchContext = {
    now,
    zone,
    userName,
    visibleProjects,
    findIssue: (idOrKey) => {
      const issue = store.find(idOrKey);
      return issue !== undefined && visibleProjects.includes(issue.project) ? issue : null;
    },
  };
  const index = store.index(now);
  let test: (issue: Issue) => boolean = () => true;
  try {
    test = clause === null ? test : compileClause(clause, context);
  } catch (error) {
    if (request.isValidated || !(error instanceof JqlError)) throw error;
    test = () => false;
  }
  const compare = compileOrder(order);
  const found = index.filter((issue) => visibleProjects.includes(issue.project) && test(issue));
  // The index is in this order already.
  if (isByUpdatedAndId(order)) return found;
  if (compare === null) return found.sort((one, other) => other.id - one.id);
  // Not breaking ties the same way each time is what a Data Center with several nodes does; pages then overlap and skip.
  const scatter = (id: number): number => Math.imul(id ^ (searchNumber * 0x9e3779b9), 0x85ebca6b) >>> 0;
  return found.sort((one, other) => compare(one, other) || scatter(one.id) - scatter(other.id));
}

function isByUpdatedAndId(order: readonly OrderTerm[]): boolean {
  const [first, second] = order;
  return (
    order.length === 2 &&
    (first?.field === 'updated' || first?.field === 'updateddate') &&
    second?.field === 'id' &&
    !first.isDescending &&
    !second.isDescending
  );
}

const comma = Buffer.from(',');

function pageBytes(head: object, parts: readonly Buffer[]): Buffer {
  const pieces: Buffer[] = [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"issues":[`)];
  parts.forEach((part, index) => pieces.push(...(index === 0 ? [part] : [comma, part])));
  pieces.push(Buffer.from(']}'));
  return Buffer.concat(pieces);
}
