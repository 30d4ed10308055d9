/** One entry of revokedCertificates (RFC 5280 §5.1.2.6, §5.3), read at its offset. */
import { readExtensionList } from '../certificate.ts';
import { checkInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readGeneralizedTime, readTime } from '../der/der-time.ts';
import { extensionTypes } from '../extensions/extension.ts';
import type { Extension } from '../extensions/extension.ts';
import { hexadecimal } from '../hexadecimal.ts';
import type { UtcInstant } from '../instant.ts';
import { readGeneralNames } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';
import { isReason } from './reason.ts';

export interface CrlEntry {
  /** Offset of the entry in the CRL. */
  readonly offset: number;
  /** Lower-case hexadecimal. */
  readonly serial: string;
  readonly revocationDate: UtcInstant;
  /** CRLReason; null where the entry says none. */
  readonly reason: number | null;
  readonly invalidityDate: UtcInstant | null;
  /** certificateIssuer of this very entry; null where it stands in none and an earlier entry's holds (RFC 5280 §5.3.3). */
  readonly certificateIssuer: readonly GeneralName[] | null;
  /** Type of a critical extension that is not processed here: voids the whole CRL. Null for none. */
  readonly unknownCritical: string | null;
}

/** Reads the entry at the cursor and moves it behind. @throws X509Error */
export function readCrlEntry(list: DerReader): CrlEntry {
  const item = list.enter(Tag.sequence);
  const offset = list.start;
  item.expect(Tag.integer);
  checkInteger(item);
  const content = item.content();
  const serial = hexadecimal(content.length > 1 && content[0] === 0 ? content.subarray(1) : content);
  const revocationDate = readTime(item).instant;
  const extensions: Extension[] = [];
  if (!item.done) readExtensionList(item.enter(Tag.sequence), extensions);
  item.finish();
  let reason: number | null = null;
  let invalidityDate: UtcInstant | null = null;
  let certificateIssuer: readonly GeneralName[] | null = null;
  let unknownCritical: string | null = null;
  for (const extension of extensions) {
    const value = new DerReader(list.bytes, extension.start, extension.end);
    switch (extension.type) {
      case extensionTypes.reasonCode:
        reason = readReason(value);
        break;
      case extensionTypes.invalidityDate:
        invalidityDate = readGeneralizedTime(value).instant;
        value.finish();
        break;
      case extensionTypes.certificateIssuer:
        certificateIssuer = readGeneralNames(value.enter(Tag.sequence));
        value.finish();
        break;
      default:
        if (extension.critical) unknownCritical = extension.type;
    }
  }
  return { offset, serial, revocationDate, reason, invalidityDate, certificateIssuer, unknownCritical };
}

function readReason(value: DerReader): number {
  value.expect(Tag.enumerated);
  checkInteger(value);
  const code = value.bytes[value.contentStart] ?? 255;
  if (value.contentEnd - value.contentStart !== 1 || !isReason(code))
    throw value.fault('X509_CRL_MALFORMED', value.start, 'a reason code that does not exist');
  value.finish();
  return code;
}
