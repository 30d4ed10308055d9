/**
 * The pass over revokedCertificates: strict like everything, and fast for the two forms that nearly every entry has (no extension, or a reason
 * code alone). Whatever looks different is read by `readCrlEntry`.
 */
import { daysOfMonth } from '../instant.ts';
import { DerReader } from '../der/der-reader.ts';
import { readCrlEntry } from './crl-entry.ts';
import { CrlIndexBuilder, maximumSerialBytes } from './crl-index.ts';
import type { CrlIndex } from './crl-index.ts';
import { isReason } from './reason.ts';

export interface ListedEntries {
  readonly index: CrlIndex;
  /** Type of an entry's critical extension that is not processed; null for none. */
  readonly unknownCritical: string | null;
}

/** Content of an entry's extensions that hold a reason code alone, up to the code itself. */
const reasonAlone = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01];
/** Bytes of those extensions with the code. */
const reasonAloneBytes = reasonAlone.length + 1;
/** Bytes of a UTCTime element: tag, length, YYMMDDHHMMSSZ. */
const utcTimeBytes = 15;
/** The certificateIssuer extension, critical by RFC 5280 §5.3.3. */
const certificateIssuer = '2.5.29.29';

/** Reads and indexes the list. @param list null for an absent one @throws X509Error */
export function indexEntries(
  list: DerReader | null,
  seed: number,
  { versionTwo, indirect }: { versionTwo: boolean; indirect: boolean },
): ListedEntries {
  if (list === null) return { index: new CrlIndexBuilder(new Uint8Array(), seed, 0).finish(), unknownCritical: null };
  const { bytes, end } = list;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const builder = new CrlIndexBuilder(bytes, seed, expectedEntries(list));
  let unknownCritical: string | null = null;
  // Dates repeat: a day's revocations share theirs, so the last good one is compared before it is read.
  let goodHead = 0;
  let goodDay = 0;
  let position = list.position;
  while (position < end) {
    const length = bytes[position + 1] ?? 0xff;
    const serialLength = bytes[position + 3] ?? 0xff;
    const serialStart = position + 4;
    const date = serialStart + serialLength;
    const next = position + 2 + length;
    const rest = next - date - utcTimeBytes;
    if (
      bytes[position] === 0x30 &&
      length < 0x80 &&
      next <= end &&
      bytes[position + 2] === 0x02 &&
      serialLength > 0 &&
      (serialLength === 1 || minimal(bytes[serialStart] ?? 0, bytes[serialStart + 1] ?? 0)) &&
      (rest === 0 || (rest === reasonAloneBytes && versionTwo && hasReasonAlone(bytes, date + utcTimeBytes))) &&
      ((view.getUint32(date) === goodHead && view.getUint32(date + 4) === goodDay) || isUtcTime(bytes, date)) &&
      isTimeOfDay(bytes, date + 8)
    ) {
      goodHead = view.getUint32(date);
      goodDay = view.getUint32(date + 4);
      builder.add(position, serialStart, date);
      position = next;
      continue;
    }
    list.position = position;
    const entry = readCrlEntry(list);
    position = list.position;
    if (entry.serial.length > 2 * maximumSerialBytes)
      throw list.fault('X509_CRL_MALFORMED', entry.offset, `a serial number of more than ${maximumSerialBytes} octets`);
    const header = (bytes[entry.offset + 1] ?? 0) < 0x80 ? 2 : 2 + ((bytes[entry.offset + 1] ?? 0) & 0x7f);
    const content = entry.offset + header + 2;
    const serialEnd = content + (bytes[content - 1] ?? 0);
    if (!versionTwo && hasExtensions(bytes, serialEnd, position))
      throw list.fault('X509_FIELD_NEEDS_LATER_VERSION', entry.offset, 'entry extensions in a CRL of version 1');
    builder.add(entry.offset, content, serialEnd);
    // RFC 5280 §5.3.3: certificateIssuer stands in indirect CRLs only; elsewhere it is not understood, and it is critical.
    if (entry.certificateIssuer !== null && indirect) builder.startIssuer(entry.offset);
    else if (entry.certificateIssuer !== null) unknownCritical ??= certificateIssuer;
    unknownCritical ??= entry.unknownCritical;
  }
  list.position = position;
  return { index: builder.finish(), unknownCritical };
}

/** By the size of the first entry; lists are of one make. */
function expectedEntries(list: DerReader): number {
  const length = list.bytes[list.position + 1] ?? 0;
  return Math.ceil((list.end - list.position) / (length < 0x80 ? Math.max(length + 2, 20) : 64));
}

function minimal(first: number, second: number): boolean {
  return !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
}

function hasReasonAlone(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < reasonAlone.length; index++) if (bytes[at + index] !== reasonAlone[index]) return false;
  return isReason(bytes[at + reasonAlone.length] ?? 255);
}

function hasExtensions(bytes: Uint8Array, dateStart: number, entryEnd: number): boolean {
  return dateStart + 2 + (bytes[dateStart + 1] ?? 0) < entryEnd;
}

function isUtcTime(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x17 || bytes[at + 1] !== 13) return false;
  const yearPart = twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 4);
  const day = twoDigits(bytes, at + 6);
  return yearPart >= 0 && day >= 1 && day <= daysOfMonth(yearPart >= 50 ? 1900 + yearPart : 2000 + yearPart, month);
}

/** HHMMSSZ; -1 of a pair that is no digits fails the comparison. */
function isTimeOfDay(bytes: Uint8Array, at: number): boolean {
  const hour = twoDigits(bytes, at);
  const minute = twoDigits(bytes, at + 2);
  const second = twoDigits(bytes, at + 4);
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60 && bytes[at + 6] === 0x5a;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}
