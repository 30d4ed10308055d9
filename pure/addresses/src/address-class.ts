/** What kind of place an address is, by the registries of special-purpose addresses (RFC 6890, IANA). */
import type { IpAddress } from './ip-address.ts';
import { readIpAddress } from './ip-address.ts';

/**
 * `public` is the only class that needs no permission. `metadata`: the addresses at which clouds hand out credentials. A form that carries an
 * IPv4 address (mapped, NAT64, 6to4, Teredo) has a class of its own, since it reaches the embedded one by another way.
 */
export type AddressClass =
  | 'public'
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'shared'
  | 'metadata'
  | 'multicast'
  | 'unspecified'
  | 'broadcast'
  | 'documentation'
  | 'benchmarking'
  | 'reserved'
  | 'ipv4-mapped'
  | 'ipv4-compatible'
  | 'nat64'
  | 'six-to-four'
  | 'teredo'
  | 'site-local'
  | 'discard'
  | 'segment-routing';

interface Range {
  readonly network: Uint8Array;
  /** Bits of the prefix. */
  readonly length: number;
  readonly addressClass: AddressClass;
}

/** First match wins: the special stands above the general. */
const ipv4Ranges: readonly Range[] = [
  // Link-local by number, but what is served there is credentials: AWS, Azure, Google, Oracle, OpenStack, DigitalOcean.
  range('169.254.169.254/32', 'metadata'),
  range('169.254.170.2/32', 'metadata'), // AWS, containers
  range('169.254.170.23/32', 'metadata'), // AWS, pods
  range('100.100.100.200/32', 'metadata'), // Alibaba Cloud
  range('168.63.129.16/32', 'metadata'), // Azure's host agent, a public number
  range('192.0.0.192/32', 'metadata'), // Oracle Cloud, classic
  range('0.0.0.0/32', 'unspecified'),
  range('0.0.0.0/8', 'reserved'), // "this network"
  range('10.0.0.0/8', 'private'),
  range('100.64.0.0/10', 'shared'), // carrier-grade NAT, RFC 6598
  range('127.0.0.0/8', 'loopback'),
  range('169.254.0.0/16', 'link-local'),
  range('172.16.0.0/12', 'private'),
  range('192.0.0.0/24', 'reserved'), // IETF protocol assignments
  range('192.0.2.0/24', 'documentation'),
  range('192.31.196.0/24', 'reserved'), // AS112
  range('192.52.193.0/24', 'reserved'), // AMT
  range('192.88.99.0/24', 'reserved'), // 6to4 relays, deprecated
  range('192.168.0.0/16', 'private'),
  range('192.175.48.0/24', 'reserved'), // AS112
  range('198.18.0.0/15', 'benchmarking'),
  range('198.51.100.0/24', 'documentation'),
  range('203.0.113.0/24', 'documentation'),
  range('224.0.0.0/4', 'multicast'),
  range('255.255.255.255/32', 'broadcast'),
  range('240.0.0.0/4', 'reserved'),
];

const ipv6Ranges: readonly Range[] = [
  range('fd00:ec2::254/128', 'metadata'), // AWS
  range('fd00:ec2::23/128', 'metadata'), // AWS, pods
  range('fd20:ce::254/128', 'metadata'), // Google
  range('::/128', 'unspecified'),
  range('::1/128', 'loopback'),
  range('::ffff:0:0/96', 'ipv4-mapped'),
  range('::/96', 'ipv4-compatible'), // deprecated, RFC 4291 §2.5.5.1
  range('64:ff9b::/96', 'nat64'), // RFC 6052
  range('64:ff9b:1::/48', 'nat64'), // RFC 8215
  // Below NAT64, which lies within it; also IPv4-translated ::ffff:0:0:0/96 (RFC 2765).
  range('::/8', 'reserved'),
  range('100::/64', 'discard'), // RFC 6666
  range('100:0:0:1::/64', 'reserved'), // RFC 9780
  range('2001::/32', 'teredo'),
  range('2001:2::/48', 'benchmarking'),
  range('2001:db8::/32', 'documentation'),
  range('2001::/23', 'reserved'), // IETF protocol assignments
  range('2002::/16', 'six-to-four'),
  range('2620:4f:8000::/48', 'reserved'), // AS112
  range('3fff::/20', 'documentation'), // RFC 9637
  range('5f00::/16', 'segment-routing'), // RFC 9602
  range('fc00::/7', 'private'), // unique local, RFC 4193
  range('fe80::/10', 'link-local'),
  range('fec0::/10', 'site-local'), // deprecated, RFC 3879
  range('ff00::/8', 'multicast'),
];

/** The only block of IPv6 from which the registries give out unicast addresses (RFC 4291 §2.4, IANA). */
const globalUnicast = range('2000::/3', 'public');

/** The class of an address. */
export function classifyAddress(address: IpAddress): AddressClass {
  for (const known of address.version === 4 ? ipv4Ranges : ipv6Ranges)
    if (isWithin(address, known)) return known.addressClass;
  return address.version === 4 || isWithin(address, globalUnicast) ? 'public' : 'reserved';
}

/** The IPv4 address that a form of IPv6 leads to; null where it carries none. */
export function embeddedIpv4(address: IpAddress): IpAddress | null {
  if (address.version === 4) return null;
  const { bytes } = address;
  switch (classifyAddress(address)) {
    case 'ipv4-mapped':
    case 'ipv4-compatible':
      return { version: 4, bytes: bytes.slice(12) };
    case 'nat64':
      // RFC 8215's block may be cut into prefixes of other lengths (RFC 6052 §2.2); the /96 form is read.
      return { version: 4, bytes: bytes.slice(12) };
    case 'six-to-four':
      return { version: 4, bytes: bytes.slice(2, 6) };
    case 'teredo':
      // RFC 4380 §4: the client's address, every bit inverted.
      return { version: 4, bytes: bytes.slice(12).map((byte) => byte ^ 255) };
    default:
      return null;
  }
}

function isWithin(address: IpAddress, within: Range): boolean {
  const whole = within.length >> 3;
  for (let index = 0; index < whole; index++) if (address.bytes[index] !== within.network[index]) return false;
  const rest = within.length & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((address.bytes[whole] ?? 0) & mask) === ((within.network[whole] ?? 0) & mask);
}

function range(text: string, addressClass: AddressClass): Range {
  const [network = '', length = ''] = text.split('/');
  const address = readIpAddress(network);
  if (address === null) throw new TypeError(`${network} is no address`);
  return { network: address.bytes, length: Number(length), addressClass };
}
