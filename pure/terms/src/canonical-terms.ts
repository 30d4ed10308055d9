/** The one text of given terms, and its hash: what an approver approves and what evidence names. */
import { createHash } from 'node:crypto';
import type { Terms } from './terms.ts';

/**
 * Canonical JSON (RFC 8785 §3.2): members sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. The same terms give the same bytes whatever order their members came in.
 */
export function canonicalTerms(terms: Terms): string {
  return canonicalJson(terms);
}

/** SHA-256 of the canonical text, 64 lower-case hexadecimal digits. */
export function termsHash(terms: Terms): string {
  return createHash('sha256').update(canonicalTerms(terms), 'utf8').digest('hex');
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  // RFC 8785 §3.2.2.2: ECMAScript's serialisation; a lone surrogate comes out escaped and is still deterministic.
  return JSON.stringify(value);
}
