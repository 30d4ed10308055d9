/** DNS names: form (RFC 1034 §3.5, RFC 5890 A-labels), and matching by RFC 9525 §6.3. */

const label = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;
const maximumNameLength = 253;

/** Is this a host name in A-label form, without a trailing dot, and no IPv4 address? */
export function isDnsName(name: string): boolean {
  if (name.length === 0 || name.length > maximumNameLength) return false;
  const labels = name.split('.');
  // A last label of digits is an address or a part of one, never a top-level domain.
  return labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

/** Is this what a certificate may present: a host name, or `*` as the whole left-most label above a host name? */
export function isPresentedDnsName(name: string): boolean {
  return isDnsName(name.startsWith('*.') ? name.slice(2) : name);
}

/** The same without underscores, which hosts must not have in their names (RFC 1123 §2.1). */
export function isPreferredDnsName(name: string): boolean {
  return !name.includes('_') && isPresentedDnsName(name);
}

/**
 * Does a presented name match a reference name (RFC 9525 §6.3)? Labels without case; a wildcard stands for exactly one label.
 * @param reference a name that `isDnsName` accepts, in lower case
 */
export function matchesDnsName(presented: string, reference: string): boolean {
  if (!isPresentedDnsName(presented)) return false;
  const name = presented.toLowerCase();
  if (!name.startsWith('*.')) return name === reference;
  const dot = reference.indexOf('.');
  return dot > 0 && reference.slice(dot) === name.slice(1);
}
