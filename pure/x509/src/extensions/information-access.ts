/** authorityInfoAccess and subjectInfoAccess (RFC 5280 §4.2.2). */
import { DerReader, Tag } from '../der/der-reader.ts';
import { readObjectIdentifier } from '../der/object-identifier.ts';
import { readGeneralName } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';

export const accessMethods = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' } as const;

export interface AccessDescription {
  readonly method: string;
  readonly location: GeneralName;
}

export function readInformationAccess(value: DerReader): readonly AccessDescription[] {
  const sequence = value.enter(Tag.sequence);
  if (sequence.done)
    throw sequence.fault('X509_SEQUENCE_EMPTY', sequence.position, 'an information access without an entry');
  const descriptions: AccessDescription[] = [];
  while (!sequence.done) {
    const item = sequence.enter(Tag.sequence);
    descriptions.push({ method: readObjectIdentifier(item), location: readGeneralName(item) });
    item.finish();
  }
  return descriptions;
}
