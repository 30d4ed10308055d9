/** Whether two authorities seem to be of one family: all that can be said of an issuer whose certificate nobody has shown. */

/** Words that start the names of many authorities and say nothing of whose they are. */
const commonWords = new Set([
  'ca',
  'root',
  'the',
  'test',
  'private',
  'internal',
  'intermediate',
  'issuing',
  'corporate',
  'company',
]);

/** Organisations and common names in a distinguished name as RFC 4514 text. */
export function namesInText(name: string): string[] {
  return [...name.matchAll(/(?:^|[,+])\s*(?:O|CN)=((?:\\.|[^,+\\])*)/gi)].map(([, value = '']) =>
    value.replace(/\\(.)/g, '$1'),
  );
}

/** A whole name in common, or the first telling word of one. */
export function areOfOneFamily(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others.flatMap(marksOf));
  return some.some((name) => marksOf(name).some((mark) => known.has(mark)));
}

function marksOf(name: string): string[] {
  const text = name.trim().toLowerCase();
  const first = text.split(/[\s\-_.,:]+/).find((word) => word.length >= 3 && !commonWords.has(word));
  return [text, ...(first === undefined ? [] : [`${first} …`])];
}

/** Whether a name says of itself that it is no root. */
export function saysIntermediate(names: readonly string[]): boolean {
  return names.some((name) => /\b(?:intermediate|issuing|sub(?:ordinate)?)\b/i.test(name));
}
