/**
 * Base URLs that are plainly forbidden, refused before anything is kept. The dial judges every resolved address again:
 * this is the early, clear answer, not the wall.
 */
import { BlockList, isIP } from 'node:net';

/** Never dialled, whatever the terms allow: unspecified, multicast, reserved, and the metadata services of clouds. */
const neverDialled = blockList([
  ['0.0.0.0', 8],
  ['169.254.169.254', 32],
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fd00:ec2::254', 128],
  ['2001:db8::', 32],
  ['ff00::', 8],
]);
/** Only where the terms allow private addresses (RFC 1918, 6598, 3927, 4193, 4291, 2544). */
const privateAddresses = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
]);
const privateName = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i;

/** Why `host` (as `URL.hostname` gives it) may not be dialled, in one sentence; null where nothing is against it yet. */
export function forbiddenAddress(host: string, allowPrivate: boolean): string | null {
  const address = host.startsWith('[') ? host.slice(1, -1) : host;
  const kind = isIP(address);
  if (kind === 0) {
    return privateName.test(address) && !allowPrivate
      ? `${host} is a name of private networks; allow private addresses for this connection if that is meant.`
      : null;
  }
  const inner = kind === 6 ? embeddedIpv4(address) : null;
  const candidates: readonly (readonly [string, 'ipv4' | 'ipv6'])[] =
    inner === null ? [[address, kind === 4 ? 'ipv4' : 'ipv6']] : [[inner, 'ipv4']];
  if (candidates.some(([text, family]) => neverDialled.check(text, family)))
    return `${host} is an address that is never dialled.`;
  if (!allowPrivate && candidates.some(([text, family]) => privateAddresses.check(text, family)))
    return `${host} is a private address; allow private addresses for this connection if that is meant.`;
  return null;
}

/** The IPv4 address inside an IPv4-mapped (::ffff:0:0/96) or NAT64 (64:ff9b::/96) address as URLs write it, or null. */
function embeddedIpv4(address: string): string | null {
  const groups = /^(?:::ffff|64:ff9b:):([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (groups === null) return null;
  const [high, low] = [groups[1], groups[2]].map((group) => Number.parseInt(group ?? '0', 16));
  return [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.');
}

function blockList(subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, net.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}
