/** issuingDistributionPoint of a CRL (RFC 5280 §5.2.5): which certificates and which reasons it speaks for. */
import { readBooleanDefaultFalse, readNamedBits } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readDistributionPointName } from '../extensions/distribution-points.ts';
import type { DistributionPointName } from '../extensions/distribution-points.ts';

export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | null;
  readonly onlyContainsUserCerts: boolean;
  readonly onlyContainsCaCerts: boolean;
  /** ReasonFlags; null: all reasons. */
  readonly onlySomeReasons: number | null;
  readonly indirect: boolean;
  readonly onlyContainsAttributeCerts: boolean;
}

/** @throws X509Error */
export function readIssuingDistributionPoint(value: DerReader): IssuingDistributionPoint {
  const sequence = value.enter(Tag.sequence);
  value.finish();
  // RFC 5280 §5.2.5: must not be an empty sequence.
  if (sequence.done)
    throw sequence.fault('X509_SEQUENCE_EMPTY', sequence.position, 'an issuing distribution point that says nothing');
  const at = sequence.position;
  const name = sequence.optional(0xa0) ? readDistributionPointName(sequence.inside()) : null;
  const onlyContainsUserCerts = readBooleanDefaultFalse(sequence, 0x81);
  const onlyContainsCaCerts = readBooleanDefaultFalse(sequence, 0x82);
  const onlySomeReasons = sequence.peek() === 0x83 ? readNamedBits(sequence, 0x83) : null;
  const indirect = readBooleanDefaultFalse(sequence, 0x84);
  const onlyContainsAttributeCerts = readBooleanDefaultFalse(sequence, 0x85);
  sequence.finish();
  if (Number(onlyContainsUserCerts) + Number(onlyContainsCaCerts) + Number(onlyContainsAttributeCerts) > 1)
    throw sequence.fault('X509_CRL_MALFORMED', at, 'a CRL that contains only two kinds of certificates at once');
  return { name, onlyContainsUserCerts, onlyContainsCaCerts, onlySomeReasons, indirect, onlyContainsAttributeCerts };
}
