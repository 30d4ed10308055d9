/** Is a name within the subtree of a constraint? One answer for each form of GeneralName (RFC 5280 §4.2.1.10, RFC 9549 §3). */
import { parseAddress } from './address.ts';
import type { ConstrainedName } from './constrained-names.ts';
import { isDnsName, isPresentedDnsName } from './dns-name.ts';
import type { GeneralName } from './general-name.ts';

/** What is wrong with a constraint itself, in words; null where nothing is. */
export function constraintFault(base: GeneralName): string | null {
  switch (base.kind) {
    case 'dns':
      // Empty means every name. A leading dot is of URI constraints only.
      return base.value === '' || isDnsName(base.value) ? null : 'its base is no DNS name';
    case 'email': {
      const at = base.value.lastIndexOf('@');
      const host = at === -1 && base.value.startsWith('.') ? base.value.slice(1) : base.value.slice(at + 1);
      return isDnsName(host) && at !== 0 ? null : 'its base is neither mailbox nor host';
    }
    case 'uri':
      return isDnsName(base.value.startsWith('.') ? base.value.slice(1) : base.value) ? null : 'its base is no host';
    default:
      return null;
  }
}

/** `unsupported` for forms that nobody knows how to constrain, a word for a malformed name, null where it can be judged. */
export function nameFault({ name, lower }: ConstrainedName): 'unsupported' | 'malformed' | null {
  switch (name.kind) {
    case 'dns':
      return isPresentedDnsName(lower) ? null : 'malformed';
    case 'email':
      return isLocalPart(name.value.slice(0, Math.max(0, name.value.lastIndexOf('@')))) && isDnsName(lower)
        ? null
        : 'malformed';
    case 'uri':
      return uriHost(lower) === null ? 'malformed' : null;
    case 'ip':
    case 'directory':
      return null;
    default:
      return 'unsupported';
  }
}

/** Local part of a mailbox: a dot-atom or a quoted string (RFC 5321 §4.1.2), beyond ASCII as RFC 6531 allows. */
function isLocalPart(text: string): boolean {
  return /^(?:[^\s"(),.:;<>@[\\\]\p{Cc}]+(?:\.[^\s"(),.:;<>@[\\\]\p{Cc}]+)*|"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*")$/u.test(
    text,
  );
}

/** For a permitted subtree: everything that the name stands for is within it. */
export function isPermitted(name: ConstrainedName, base: GeneralName): boolean {
  if (name.name.kind === 'dns' && base.kind === 'dns' && name.lower.startsWith('*.'))
    return isBelow(name.lower.slice(2), base.value.toLowerCase());
  return isWithin(name, base);
}

/** For an excluded subtree: anything that the name stands for is within it. */
export function isExcluded(name: ConstrainedName, base: GeneralName): boolean {
  if (name.name.kind !== 'dns' || base.kind !== 'dns' || !name.lower.startsWith('*.')) return isWithin(name, base);
  const parent = name.lower.slice(2);
  const excluded = base.value.toLowerCase();
  // `*.example.com` stands for `foo.example.com` too, but for nothing two labels down.
  return isBelow(parent, excluded) || excluded.slice(excluded.indexOf('.') + 1) === parent;
}

function isWithin({ name, lower }: ConstrainedName, base: GeneralName): boolean {
  switch (name.kind) {
    case 'dns':
      return base.kind === 'dns' && isBelow(lower, base.value.toLowerCase());
    case 'email':
      return base.kind === 'email' && isMailboxWithin(name.value, lower, base.value);
    case 'uri':
      return base.kind === 'uri' && isHostWithin(uriHost(lower) ?? '', base.value.toLowerCase());
    case 'ip':
      return base.kind === 'ip' && isAddressWithin(name.value, base.value);
    case 'directory':
      return base.kind === 'directory' && name.value.isWithin(base.value);
    default:
      return false;
  }
}

/** The name itself and everything below, at label borders. */
function isBelow(name: string, base: string): boolean {
  return base === '' || name === base || name.endsWith(`.${base}`);
}

/** A mailbox exactly (its host without case), all of one host, or with a leading dot all of every host below. */
function isMailboxWithin(mailbox: string, host: string, base: string): boolean {
  const at = base.lastIndexOf('@');
  if (at === -1) return isHostWithin(host, base.toLowerCase());
  return mailbox.slice(0, mailbox.lastIndexOf('@')) === base.slice(0, at) && host === base.slice(at + 1).toLowerCase();
}

/** A leading dot: every host below, not the host itself. Without: that host. */
function isHostWithin(host: string, base: string): boolean {
  return base.startsWith('.') ? host.length > base.length && host.endsWith(base) : host === base;
}

function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean {
  // An IPv4 constraint says nothing about IPv6 names and the other way round.
  if (base.length !== address.length * 2) return false;
  return address.every((byte, index) => ((byte ^ (base[index] ?? 0)) & (base[address.length + index] ?? 0)) === 0);
}

/** Host of a URI with an authority; null without one, and for IP addresses, which a constraint cannot bind (RFC 5280 §4.2.1.10). */
function uriHost(uri: string): string | null {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/.exec(uri);
  const authority = match?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  return isDnsName(host) && parseAddress(host) === null ? host : null;
}
