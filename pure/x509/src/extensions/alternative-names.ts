/** subjectAltName and issuerAltName (RFC 5280 §4.2.1.6, §4.2.1.7). */
import { DerReader, Tag } from '../der/der-reader.ts';
import { readGeneralNames } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';

/** The names, at least one. An iPAddress must have 4 or 16 bytes, a name of text at least one character. */
export function readAlternativeNames(value: DerReader): readonly GeneralName[] {
  const sequence = value.enter(Tag.sequence);
  const names = readGeneralNames(sequence);
  for (const name of names) {
    if (name.kind === 'ip' && name.value.length !== 4 && name.value.length !== 16)
      throw sequence.fault(
        'X509_GENERAL_NAME_MALFORMED',
        value.contentStart,
        'an IP address that has neither 4 nor 16 bytes',
      );
    if ((name.kind === 'dns' || name.kind === 'email' || name.kind === 'uri') && name.value === '')
      throw sequence.fault('X509_GENERAL_NAME_MALFORMED', value.contentStart, `an empty ${name.kind} name`);
  }
  return names;
}
