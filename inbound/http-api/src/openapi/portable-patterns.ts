/** Patterns of the description in words that every tool knows: many read no Unicode classes. */

/** The control characters, which is all of the class Cc (Unicode §4.5). */
const controls = String.raw`\x00-\x1f\x7f-\x9f`;

/** Like a schema of the API's, with each pattern written for tools without Unicode classes; means the same. */
export function portablePatterns<T>(document: T): T {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) =>
      key === 'pattern' && typeof value === 'string' ? portable(value) : value,
    ),
  ) as T;
}

function portable(pattern: string): string {
  // Within brackets the range stands for itself; `\P{Cc}` alone becomes a class of its own.
  return pattern.replaceAll(String.raw`\p{Cc}`, controls).replaceAll(String.raw`\P{Cc}`, `[^${controls}]`);
}
