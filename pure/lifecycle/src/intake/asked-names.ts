/** Names that are asked for in a request, or stand in a certificate: whether they fit its kind and domain, and each other. */
import type { CertificateKind } from './certificate-kind.ts';

export interface NameFault {
  readonly code: 'kind-without-wildcard' | 'kind-with-wildcard' | 'outside-domain';
  readonly message: string;
}

const mostShown = 3;

/** What keeps a certificate with these DNS names from being taken. Names in lower case. */
export function nameFaults(
  names: readonly string[],
  kind: CertificateKind,
  domain: string | null,
): readonly NameFault[] {
  const found: NameFault[] = [];
  const wildcards = names.filter((name) => name.startsWith('*.'));
  if (kind === 'operator-wildcard' && wildcards.length === 0)
    found.push({
      code: 'kind-without-wildcard',
      message: `A wildcard was said, and ${names.length === 0 ? 'no name is' : `the names are ${shown(names)}`}.`,
    });
  if (kind === 'operator-named' && wildcards.length > 0)
    found.push({
      code: 'kind-with-wildcard',
      message: `One for a single name was said, and ${wildcards[0]} is a wildcard.`,
    });
  const outside = domain === null ? [] : names.filter((name) => !isUnder(name, domain.toLowerCase()));
  if (outside.length > 0)
    found.push({
      code: 'outside-domain',
      message: `${shown(outside)} ${outside.length === 1 ? 'does' : 'do'} not lie under ${domain}, which was agreed.`,
    });
  return found;
}

export interface AskedNames {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
}

/** The DNS names that a certificate for this request may have, in lower case: authorities write a common name that is one beside the others. */
export function namesAsked({ commonName, dnsNames }: AskedNames): readonly string[] {
  const common = commonName.toLowerCase();
  return [...new Set([...dnsNames.map((name) => name.toLowerCase()), ...(isDnsName(common) ? [common] : [])])];
}

/** A sentence on how the names of a certificate differ from those of its request; null where they do not, or none were asked for. */
export function namesDiffer(asked: AskedNames, names: readonly string[]): string | null {
  const allowed = namesAsked(asked);
  if (allowed.length === 0) return null;
  // The common name alone may be left out.
  const wanted = asked.dnsNames.length === 0 ? allowed : asked.dnsNames.map((name) => name.toLowerCase());
  const missing = wanted.filter((name) => !names.includes(name));
  const more = names.filter((name) => !allowed.includes(name));
  if (missing.length === 0 && more.length === 0) return null;
  const parts = [
    ...(missing.length === 0 ? [] : [`lacks ${shown(missing)}`]),
    ...(more.length === 0 ? [] : [`names ${shown(more)}, which nobody asked for`]),
  ];
  return `The certificate ${parts.join(' and ')}: other names than its request.`;
}

/** The domain itself, or below it; a wildcard for what lies below. */
function isUnder(name: string, domain: string): boolean {
  const bare = domain.startsWith('*.') ? domain.slice(2) : domain;
  return name === bare || name.endsWith(`.${bare}`);
}

function isDnsName(text: string): boolean {
  return text.length <= 253 && /^(?:\*\.)?(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}$/.test(text);
}

function shown(names: readonly string[]): string {
  const more = names.length - mostShown;
  return `${names.slice(0, mostShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
