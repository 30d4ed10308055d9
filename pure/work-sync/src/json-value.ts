/** Taking things out of JSON that somebody else wrote. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than any field of Jira; beyond it a value is somebody's trick. */
const deepestLevel = 40;

/** The value as an object, or null. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** A non-empty string, made storable; a number is written out; else null. */
export function asText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? storableText(value) : null;
}

/** The list, or an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** PostgreSQL stores neither U+0000 nor half a surrogate pair; both become U+FFFD, the sign for a lost character. */
export function storableText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '\uFFFD') : whole;
}

/** The value with storable text only; what lies deeper than 40 levels becomes null. */
export function storableValue(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (level >= deepestLevel) return null;
  if (Array.isArray(value)) return value.map((item) => storableValue(item, level + 1));
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    // A member of this name would set the copy's prototype instead.
    if (name !== '__proto__') copy[storableText(name)] = storableValue((value as JsonObject)[name], level + 1);
  }
  return copy;
}
