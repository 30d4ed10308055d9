/** One page of Jira's search, and the errors that Jira's JSON can carry. */
import { asList, asObject, asText } from './json-value.ts';

export interface SearchPage {
  /** Not yet read: one odd issue must not spoil the page. */
  readonly issues: readonly unknown[];
  readonly startAt: number;
  /** What Jira really used, which may be less than what was asked. */
  readonly maxResults: number;
  /** How many issues match; null where Jira did not say. */
  readonly total: number | null;
}

/** Null for JSON that is no page of a search. */
export function readSearchPage(value: unknown): SearchPage | null {
  const page = asObject(value);
  if (page === null || !Array.isArray(page.issues)) return null;
  const number = (member: unknown): number | null =>
    typeof member === 'number' && Number.isInteger(member) && member >= 0 ? member : null;
  return {
    issues: page.issues,
    startAt: number(page.startAt) ?? 0,
    maxResults: number(page.maxResults) ?? page.issues.length,
    total: number(page.total),
  };
}

/** Jira's error texts: `errorMessages`, and `errors` by field, each of which may be missing. At most ten, shortened. */
export function readJiraErrors(value: unknown): string[] {
  const body = asObject(value);
  if (body === null) return [];
  const general = [...asList(body.errorMessages), body.message].map(asText);
  const byField = Object.entries(asObject(body.errors) ?? {}).map(([field, text]) => {
    const message = asText(text);
    return message === null ? null : `${field}: ${message}`;
  });
  return [...general, ...byField]
    .filter((text) => text !== null)
    .slice(0, 10)
    .map((text) => text.slice(0, 300));
}
