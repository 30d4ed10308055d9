/** A zip archive written whole (APPNOTE.TXT 4.3): stored or deflated entries, no encryption, no ZIP64; enough for evidence. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** Relative, with `/`; ASCII. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable?: boolean;
}

const mostEntries = 1_000;
/** Without ZIP64 sizes and offsets have 32 bits; evidence stays far below. */
const mostBytes = 1_000_000_000;

/** `at` is the time that every entry bears, in UTC to two seconds. */
export function zipFile(entries: readonly ZipEntry[], at: Date): Buffer {
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (entries.length > mostEntries || total > mostBytes) throw new RangeError('too much for one archive');
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes, isExecutable } of entries) {
    const deflated = deflateRawSync(bytes);
    const isDeflated = deflated.length < bytes.length;
    const content = isDeflated ? deflated : Buffer.from(bytes);
    const name = Buffer.from(path, 'ascii');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(isDeflated ? 8 : 0, 4);
    facts.writeUInt16LE(dosTime(at), 6);
    facts.writeUInt16LE(dosDate(at), 8);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const header = Buffer.concat([signature(0x04034b50), facts, name]);
    local.push(header, content);
    const more = Buffer.alloc(14);
    // Regular file with its Unix mode; made on Unix (3), so that the script can be run after unpacking.
    more.writeUInt32LE(((isExecutable === true ? 0o100755 : 0o100644) << 16) >>> 0, 6);
    more.writeUInt32LE(offset, 10);
    central.push(signature(0x02014b50), Buffer.from([20, 3]), facts, more, name);
    offset += header.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function dosTime(at: Date): number {
  return (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
}

function dosDate(at: Date): number {
  return ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
}
