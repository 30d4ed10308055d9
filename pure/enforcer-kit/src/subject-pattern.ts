/** The subject of a client certificate as a regular expression (PCRE), anchored at both ends where the whole is known. */
import type { ClientName } from './client-name.ts';
import { hexadecimalLiteral } from './request-pattern.ts';

/**
 * Matches the subject as OpenSSL prints it by RFC 2253. Where only the name is known: one relative name that is just
 * that commonName. A comma inside a value is printed with a backslash before it, so no value can pass for one.
 */
export function subjectPattern({ subject, dnsName }: ClientName): string {
  if (subject !== null && subject !== '') return `^${hexadecimalLiteral(subject)}$`;
  return `(^|[^\\x5c],)CN=${hexadecimalLiteral(dnsName)}(,|$)`;
}
