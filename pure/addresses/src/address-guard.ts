/** The guard of every address before it is dialled: a connection must not become a way into the network that we stand in. */
import type { AddressClass } from './address-class.ts';
import { classifyAddress, embeddedIpv4 } from './address-class.ts';
import { readIpAddress, showIpAddress } from './ip-address.ts';

/** Why an address is not dialled. */
export interface AddressRefusal {
  readonly code: 'address-forbidden';
  /** The address as it was given, cut to a length that can be shown. */
  readonly address: string;
  /** `malformed`: no address at all, for instance a name, or one with a zone. */
  readonly addressClass: AddressClass | 'malformed';
  /** Whether the operator's permission for this connection would allow it. */
  readonly permissible: boolean;
  /** One sentence for people. */
  readonly message: string;
}

export interface AddressPermission {
  /** The operator allowed private addresses for this connection. */
  readonly allowPrivate: boolean;
}

/** What the operator may allow: places where a customer's Jira can really be. Never metadata, multicast or forms that hide another address. */
const permissibleClasses: ReadonlySet<AddressClass> = new Set<AddressClass>([
  'private',
  'loopback',
  'shared',
  'site-local',
  'benchmarking',
]);

const descriptions: Readonly<Record<Exclude<AddressClass, 'public'>, string>> = {
  private: 'a private address',
  loopback: 'an address of this very machine (loopback)',
  'link-local': 'a link-local address',
  shared: 'a shared address behind carrier-grade NAT',
  metadata: 'an address at which a cloud hands out credentials (metadata)',
  multicast: 'a multicast address',
  unspecified: 'the unspecified address',
  broadcast: 'the broadcast address',
  documentation: 'an address for examples in documents',
  benchmarking: 'an address for measurements in laboratories',
  reserved: 'a reserved address',
  'ipv4-mapped': 'an IPv4 address in the form of IPv6 (mapped)',
  'ipv4-compatible': 'an IPv4 address in the form of IPv6 (compatible)',
  nat64: 'an IPv4 address behind NAT64',
  'six-to-four': 'an IPv4 address in the form of 6to4',
  teredo: 'an IPv4 address in the form of Teredo',
  'site-local': 'a site-local address',
  discard: 'an address that discards everything',
  'segment-routing': 'an identifier of segment routing',
};

/** Null: the address may be dialled. Pure: what the name was that led to it does not matter. */
export function guardAddress(text: string, permission: AddressPermission): AddressRefusal | null {
  const address = readIpAddress(text);
  if (address === null)
    return {
      code: 'address-forbidden',
      address: text.slice(0, 80),
      addressClass: 'malformed',
      permissible: false,
      message: `'${text.slice(0, 80)}' is no IP address that can be dialled.`,
    };
  const addressClass = classifyAddress(address);
  if (addressClass === 'public') return null;
  const embedded = embeddedIpv4(address);
  // A mapped form names one IPv4 address and nothing else: what holds for that holds for it, once the operator allowed private ones at all.
  const inner = embedded === null ? null : classifyAddress(embedded);
  const permissible =
    permissibleClasses.has(addressClass) ||
    (addressClass === 'ipv4-mapped' && inner !== null && (inner === 'public' || permissibleClasses.has(inner))) ||
    ((addressClass === 'nat64' || addressClass === 'six-to-four') && inner === 'public');
  if (permission.allowPrivate && permissible) return null;
  const leads = embedded === null ? '' : ` that leads to ${showIpAddress(embedded)}`;
  const remedy = permissible ? ' The operator can allow private addresses for this connection.' : '';
  return {
    code: 'address-forbidden',
    address: text,
    addressClass,
    permissible,
    message: `${text} is ${descriptions[addressClass]}${leads}; it is not dialled.${remedy}`,
  };
}
