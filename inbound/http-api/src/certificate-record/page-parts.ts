/** The few forms that a printed record is made of; every text that goes in is escaped. */
import type { RecordedActor } from '@sallyport/console-api';

const htmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEscapes[character] ?? '');
}

/**
 * Escaped, with places where a long name may be broken: after a comma, a slash, a dot or colon before a letter, and each sixteen digits of a fingerprint.
 * Whoever copies it copies none of them.
 */
function breakable(text: string): string {
  return escapeHtml(text)
    .replace(/[0-9a-f]{24,}/gi, (digits) => digits.replace(/.{16}(?=.)/g, '$&<wbr>'))
    .replace(/,(?=\S)|\/(?=\w)|[.:](?=[a-z])/g, '$&<wbr>');
}

export function paragraph(text: string): string {
  return `<p>${breakable(text)}</p>`;
}

export function facts(rows: readonly (readonly [string, string])[]): string {
  return `<dl>${rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${breakable(value)}</dd>`).join('\n')}</dl>`;
}

/** It stays on one line: a column of instants is read down. */
const oneInstant = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC$/;

/** @param none the sentence where there is no row */
export function table(head: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return paragraph(none);
  const cells = (row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<td${oneInstant.test(cell) ? ' class="at"' : ''}>${breakable(cell)}</td>`).join('')}</tr>`;
  const headed = `<tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr>`;
  return `<div class="sheet"><table><thead>${headed}</thead><tbody>${rows.map(cells).join('')}</tbody></table></div>`;
}

/** `2026-11-26 14:02:11 UTC`: one form, sortable, without months in words. */
export function instantText(instant: string | null): string {
  return instant === null ? 'no date' : `${instant.slice(0, 19).replace('T', ' ')} UTC`;
}

/** `46 days`, `3 h`, `12 min`. */
export function ageText(seconds: number): string {
  if (seconds >= 2 * 86_400) return `${Math.floor(seconds / 86_400)} days`;
  if (seconds >= 2 * 3_600) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.max(0, Math.floor(seconds / 60))} min`;
}

/** For long tables: the name alone where there is one. */
export function shortActorText({ actor, name }: RecordedActor): string {
  return name ?? actor;
}

/** `Ada (person:…)`: the name for people, the id for whoever compares. */
export function actorText({ actor, name }: RecordedActor): string {
  return name === null ? actor : `${name} (${actor})`;
}
