/** UTCTime and GeneralizedTime as RFC 5280 §4.1.2.5 restricts them: seconds present, `Z`, no fraction, no offset. */
import { daysOfMonth, instantOfCivil } from '../instant.ts';
import type { UtcInstant } from '../instant.ts';
import { DerReader, Tag } from './der-reader.ts';

/** A time, and whether its form fits its year: UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). */
export interface DerTime {
  readonly instant: UtcInstant;
  readonly form: 'utc-time' | 'generalized-time';
  readonly year: number;
  /** Offset of its first digit. */
  readonly position: number;
}

/** Reads a Time CHOICE. */
export function readTime(reader: DerReader): DerTime {
  const at = reader.position;
  const tag = reader.next();
  if (tag !== Tag.utcTime && tag !== Tag.generalizedTime)
    throw reader.fault('X509_DER_TAG_UNEXPECTED', at, 'neither UTCTime nor GeneralizedTime');
  return timeOf(reader, tag === Tag.generalizedTime);
}

/** Reads a GeneralizedTime (CRL invalidityDate, OCSP), also under an implicit tag. */
export function readGeneralizedTime(reader: DerReader, tag: number = Tag.generalizedTime): DerTime {
  reader.expect(tag);
  return timeOf(reader, true);
}

function timeOf(reader: DerReader, generalized: boolean): DerTime {
  const { bytes, contentStart, contentEnd } = reader;
  const yearDigits = generalized ? 4 : 2;
  if (contentEnd - contentStart !== yearDigits + 11 || bytes[contentEnd - 1] !== 0x5a)
    throw reader.fault(
      'X509_DER_TIME_INVALID',
      contentStart,
      'a time must have seconds and end in Z, without fraction or offset',
    );
  const century = generalized ? twoDigits(reader, contentStart) * 100 : 0;
  const rest = contentStart + yearDigits - 2;
  const yearPart = twoDigits(reader, rest);
  // RFC 5280 §4.1.2.5.1: YY of 50 and more is 19YY, below it is 20YY.
  const year = generalized ? century + yearPart : yearPart >= 50 ? 1900 + yearPart : 2000 + yearPart;
  const month = twoDigits(reader, rest + 2);
  const day = twoDigits(reader, rest + 4);
  const hour = twoDigits(reader, rest + 6);
  const minute = twoDigits(reader, rest + 8);
  // Second 60 of a leap second has no place in epoch milliseconds, and no authority issues one: refused.
  const second = twoDigits(reader, rest + 10);
  if (day < 1 || day > daysOfMonth(year, month) || hour > 23 || minute > 59 || second > 59)
    throw reader.fault('X509_DER_TIME_INVALID', contentStart, 'a time that no calendar has');
  const instant = instantOfCivil(year, month, day, hour, minute, second);
  return { instant, form: generalized ? 'generalized-time' : 'utc-time', year, position: contentStart };
}

function twoDigits(reader: DerReader, at: number): number {
  const tens = (reader.bytes[at] ?? 0) - 0x30;
  const ones = (reader.bytes[at + 1] ?? 0) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9)
    throw reader.fault('X509_DER_TIME_INVALID', at, 'a time must be digits');
  return tens * 10 + ones;
}
