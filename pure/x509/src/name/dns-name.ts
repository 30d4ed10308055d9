/** DNS names: form (RFC 1034 §3.5, RFC 5890 A-labels), and matching by RFC 9525 §6.3. */

const maximumNameLength = 253;
const maximumLabelLength = 63;

/** Is this a host name in A-label form, without a trailing dot, and no IPv4 address? Underscores are let through. */
export function isDnsName(name: string): boolean {
  const { length } = name;
  if (length === 0 || length > maximumNameLength) return false;
  let labelStart = 0;
  let digitsOnly = true;
  for (let index = 0; index < length; index++) {
    const code = name.charCodeAt(index);
    if (code === dot) {
      if (!isLabelBorder(name, labelStart, index)) return false;
      labelStart = index + 1;
      digitsOnly = true;
    } else if (code < 0x30 || code > 0x39) {
      if (!isLabelCharacter(code)) return false;
      digitsOnly = false;
    }
  }
  // A last label of digits is an address or a part of one, never a top-level domain.
  return isLabelBorder(name, labelStart, length) && !digitsOnly;
}

const dot = 0x2e;
const hyphen = 0x2d;

/** A label is not empty, not too long, and neither begins nor ends with a hyphen. */
function isLabelBorder(name: string, start: number, end: number): boolean {
  return (
    end > start &&
    end - start <= maximumLabelLength &&
    name.charCodeAt(start) !== hyphen &&
    name.charCodeAt(end - 1) !== hyphen
  );
}

/** Letters, hyphen and underscore. */
function isLabelCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === hyphen || code === 0x5f;
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
  const firstDot = reference.indexOf('.');
  return firstDot > 0 && reference.slice(firstDot) === name.slice(1);
}
