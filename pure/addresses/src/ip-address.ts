/** IP addresses as bytes: IPv4 in four parts only (RFC 3986 §3.2.2), IPv6 by RFC 4291 §2.2. Nothing lenient: `0177.1` and `2130706433` are no addresses. */

export interface IpAddress {
  readonly version: 4 | 6;
  /** 4 or 16 bytes, network order. */
  readonly bytes: Uint8Array;
}

/** Characters: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255` has 45; a zone is not part of an address that is guarded. */
const longestAddress = 45;

/** The address in a text; null where it is none. Brackets and zones are refused. */
export function readIpAddress(text: string): IpAddress | null {
  if (text.length === 0 || text.length > longestAddress) return null;
  if (text.includes(':')) return readIpv6(text);
  const bytes = readIpv4(text);
  return bytes === null ? null : { version: 4, bytes };
}

/** The address as it is usually written: IPv6 by RFC 5952 without the longest run of zeros being chosen for a mapped form. */
export function showIpAddress(address: IpAddress): string {
  if (address.version === 4) return address.bytes.join('.');
  const groups: string[] = [];
  for (let index = 0; index < 16; index += 2)
    groups.push((((address.bytes[index] ?? 0) << 8) | (address.bytes[index + 1] ?? 0)).toString(16));
  let from = -1;
  let length = 1;
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === '0') end++;
    if (end - start > length) {
      from = start;
      length = end - start;
    }
  }
  if (from === -1) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
}

function readIpv4(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes = new Uint8Array(4);
  for (const [index, part] of parts.entries()) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return null;
    bytes[index] = Number(part);
  }
  return bytes;
}

function readIpv6(text: string): IpAddress | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = readGroups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? readGroups(halves[1] ?? '', true) : [];
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  // `::` stands for at least one group.
  if (halves.length === 1 ? missing !== 0 : missing < 2) return null;
  const bytes = new Uint8Array(16);
  bytes.set(head, 0);
  bytes.set(tail, 16 - tail.length);
  return { version: 6, bytes };
}

/** Groups of 16 bits as bytes; the last may be an IPv4 address. */
function readGroups(text: string, mayEndInIpv4: boolean): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (mayEndInIpv4 && index === groups.length - 1 && group.includes('.')) {
      const ipv4 = readIpv4(group);
      if (ipv4 === null) return null;
      bytes.push(...ipv4);
    } else {
      if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return null;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes.length > 16 ? null : bytes;
}
