/** IP addresses as people write them, to bytes. */

/** 4 or 16 bytes; null where the text is no address. IPv4 in four decimal parts without leading zeros, IPv6 by RFC 4291 §2.2, brackets allowed. */
export function parseAddress(text: string): Uint8Array | null {
  if (text.length > 48) return null;
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return bare.includes(':') ? parseVersion6(bare) : parseVersion4(bare);
}

/** An address as RFC 5952 §4 and RFC 3986 §3.2.2 write it; null for other lengths than 4 and 16 bytes. */
export function formatAddress(bytes: Uint8Array): string | null {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return null;
  const groups: string[] = [];
  for (let index = 0; index < 16; index += 2)
    groups.push((((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16));
  // The first longest run of zero groups, of two at least, becomes `::`.
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > Math.max(1, best.length)) best = { start, length };
  }
  if (best.length === 0) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

function parseVersion4(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return Uint8Array.from(parts, Number);
}

function parseVersion6(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const embedded = index === parts.length - 1 ? parseVersion4(part) : null;
    if (embedded === null) return null;
    groups.push(((embedded[0] ?? 0) << 8) | (embedded[1] ?? 0), ((embedded[2] ?? 0) << 8) | (embedded[3] ?? 0));
  }
  return groups;
}
