/** What a `datetime-local` field holds, taken as UTC like every time of the console: to an instant and back. */

/** Null where the field is empty or no time. */
export function instantOfUtcField(text: string): string | null {
  const at = Date.parse(`${text}Z`);
  return text === '' || Number.isNaN(at) ? null : new Date(at).toISOString();
}

export function utcFieldOf(instant: string): string {
  return new Date(instant).toISOString().slice(0, 16);
}
