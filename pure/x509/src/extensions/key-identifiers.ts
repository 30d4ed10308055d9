/** subjectKeyIdentifier and authorityKeyIdentifier (RFC 5280 §4.2.1.1, §4.2.1.2): hints for path building, never proof. */
import { DerReader, Tag } from '../der/der-reader.ts';
import { readGeneralNames } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';

export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | null;
  readonly issuer: readonly GeneralName[] | null;
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array | null;
}

export function readSubjectKeyIdentifier(value: DerReader): Uint8Array {
  value.expect(Tag.octetString);
  return value.content();
}

export function readAuthorityKeyIdentifier(value: DerReader): AuthorityKeyIdentifier {
  const sequence = value.enter(Tag.sequence);
  const keyIdentifier = sequence.optional(0x80) ? sequence.content() : null;
  const issuer = sequence.optional(0xa1) ? readGeneralNames(sequence.inside()) : null;
  const serialNumber = sequence.optional(0x82) ? sequence.content() : null;
  sequence.finish();
  // Both or neither (RFC 5280 §4.2.1.1, appendix A.2).
  if ((issuer === null) !== (serialNumber === null))
    throw sequence.fault(
      'X509_GENERAL_NAME_MALFORMED',
      value.contentStart,
      'authority issuer without serial number, or the other way round',
    );
  return { keyIdentifier, issuer, serialNumber };
}
