/**
 * The requests that the terms allow, as one regular expression for each method. It uses only what PCRE, POSIX extended
 * and Java patterns have in common, and no character that a quoted word of any product gives a meaning to.
 */
import type { EnforcerFacts } from './enforcer-facts.ts';

/** One path segment: nothing encoded, no `.` or `..`, no path parameter. */
const oneSegment = '[A-Za-z0-9][A-Za-z0-9._~-]*';

/** An allowed method, and what matches the path of its requests, without query, from the first character to the last. */
export interface AllowedRequests {
  readonly method: 'GET' | 'POST';
  readonly pattern: string;
}

/** What the terms allow: GET of each path, and POST to search only. */
export function allowedRequests({ contextPath, restPaths }: EnforcerFacts): readonly AllowedRequests[] {
  const of = (method: 'GET' | 'POST', paths: readonly string[]): AllowedRequests[] =>
    paths.length === 0 ? [] : [{ method, pattern: `${literal(contextPath)}(${paths.map(onePath).join('|')})` }];
  return [
    ...of('GET', restPaths),
    ...of(
      'POST',
      restPaths.filter((path) => path.endsWith('/search')),
    ),
  ];
}

function onePath(path: string): string {
  return path.endsWith('/*') ? `${literal(path.slice(0, -1))}${oneSegment}` : literal(path);
}

/** Text as a pattern that matches just it; for names and paths that were checked. */
export function literal(text: string): string {
  return text.replace(/[^A-Za-z0-9/_-]/g, (character) => `\\${character}`);
}

/** The same for any printable text, in hexadecimal where a configuration's own quoting could have a say (PCRE). */
export function hexadecimalLiteral(text: string): string {
  return text.replace(/[^A-Za-z0-9=, _-]/g, (character) =>
    character === '.' ? '\\.' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
