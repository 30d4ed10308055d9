/** cRLDistributionPoints and freshestCRL (RFC 5280 §4.2.1.13, §4.2.1.15). */
import { readNamedBits } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readGeneralNames } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';

/** Exactly one of the two is not null. */
export interface DistributionPointName {
  readonly fullName: readonly GeneralName[] | null;
  /** One RelativeDistinguishedName as a SET element, to be appended to the name of the CRL issuer. */
  readonly relativeName: Uint8Array | null;
}

export interface DistributionPoint {
  readonly name: DistributionPointName | null;
  /** Bits of ReasonFlags (bit 1 is keyCompromise); null: all reasons. */
  readonly reasons: number | null;
  readonly crlIssuer: readonly GeneralName[] | null;
}

export function readDistributionPoints(value: DerReader): readonly DistributionPoint[] {
  const sequence = value.enter(Tag.sequence);
  if (sequence.done)
    throw sequence.fault('X509_SEQUENCE_EMPTY', sequence.position, 'no distribution point in the list');
  const points: DistributionPoint[] = [];
  while (!sequence.done) points.push(readDistributionPoint(sequence.enter(Tag.sequence)));
  return points;
}

function readDistributionPoint(point: DerReader): DistributionPoint {
  const at = point.position;
  const name = point.optional(0xa0) ? readDistributionPointName(point.inside()) : null;
  const reasons = point.peek() === 0x81 ? readNamedBits(point, 0x81) : null;
  const crlIssuer = point.optional(0xa2) ? readGeneralNames(point.inside()) : null;
  point.finish();
  // RFC 5280 §4.2.1.13: a point must not consist of reasons alone.
  if (name === null && crlIssuer === null)
    throw point.fault('X509_SEQUENCE_EMPTY', at, 'a distribution point without name and issuer');
  return { name, reasons, crlIssuer };
}

/** Reads the DistributionPointName CHOICE that fills a cursor; also of the issuing distribution point of a CRL. */
export function readDistributionPointName(choice: DerReader): DistributionPointName {
  const tag = choice.next();
  choice.finish();
  if (tag === 0xa0) return { fullName: readGeneralNames(choice.inside()), relativeName: null };
  if (tag !== 0xa1)
    throw choice.fault('X509_DER_TAG_UNEXPECTED', choice.start, 'neither a full name nor a relative one');
  const relativeName = Uint8Array.from(choice.element());
  relativeName[0] = Tag.set;
  return { fullName: null, relativeName };
}
