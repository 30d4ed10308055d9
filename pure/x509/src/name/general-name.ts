/** GeneralName (RFC 5280 §4.2.1.6), every form. */
import { DerReader, Tag } from '../der/der-reader.ts';
import { asciiText } from '../der/der-string.ts';
import { objectIdentifierOf, readObjectIdentifier } from '../der/object-identifier.ts';
import { hexadecimal } from '../hexadecimal.ts';
import { printable } from '../printable.ts';
import { formatAddress } from './address.ts';
import { DistinguishedName } from './distinguished-name.ts';

export type GeneralName =
  | { readonly kind: 'other'; readonly type: string; readonly value: Uint8Array }
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly value: string }
  | { readonly kind: 'x400' | 'edi-party'; readonly value: Uint8Array }
  | { readonly kind: 'directory'; readonly value: DistinguishedName }
  | { readonly kind: 'ip'; readonly value: Uint8Array }
  | { readonly kind: 'registered-id'; readonly value: string };

export type GeneralNameKind = GeneralName['kind'];

/** Reads the next element as a GeneralName. IP addresses keep their bytes: their length depends on where they stand. */
export function readGeneralName(reader: DerReader): GeneralName {
  const tag = reader.next();
  switch (tag) {
    case 0xa0: {
      const inner = reader.inside();
      const type = readObjectIdentifier(inner);
      const value = inner.enter(0xa0);
      value.next();
      value.finish();
      inner.finish();
      return { kind: 'other', type, value: value.element() };
    }
    case 0x81:
      return { kind: 'email', value: ia5(reader) };
    case 0x82:
      return { kind: 'dns', value: ia5(reader) };
    case 0xa3:
      return { kind: 'x400', value: reader.element() };
    case 0xa4: {
      const inner = reader.inside();
      inner.expect(Tag.sequence);
      inner.finish();
      const name = new DistinguishedName(inner.element(), inner.start);
      // Asked for its parts at once, so that a malformed name is an error of the extension that holds it.
      void name.relative;
      return { kind: 'directory', value: name };
    }
    case 0xa5:
      return { kind: 'edi-party', value: reader.element() };
    case 0x86:
      return { kind: 'uri', value: ia5(reader) };
    case 0x87:
      return { kind: 'ip', value: reader.content() };
    case 0x88:
      return { kind: 'registered-id', value: objectIdentifierOf(reader) };
    default:
      throw reader.fault('X509_GENERAL_NAME_MALFORMED', reader.start, `tag 0x${tag.toString(16)} is no GeneralName`);
  }
}

/** Reads GeneralNames (SEQUENCE SIZE 1..MAX) from a cursor over its content. */
export function readGeneralNames(reader: DerReader): readonly GeneralName[] {
  if (reader.done) throw reader.fault('X509_SEQUENCE_EMPTY', reader.position, 'a list of names without a name');
  const names: GeneralName[] = [];
  while (!reader.done) names.push(readGeneralName(reader));
  return names;
}

/** A name as people read it: `dns:jira.example.com`; control characters are escaped. */
export function showGeneralName(name: GeneralName): string {
  switch (name.kind) {
    case 'email':
    case 'dns':
    case 'uri':
    case 'registered-id':
      return `${name.kind}:${printable(name.value)}`;
    case 'directory':
      return `directory:${name.value.toString()}`;
    case 'ip':
      return `ip:${showAddress(name.value)}`;
    case 'other':
      return `other:${name.type}`;
    default:
      return `${name.kind}:#${hexadecimal(name.value)}`;
  }
}

/** An address of 4 or 16 bytes, or address and mask of 8 or 32, as text. */
export function showAddress(bytes: Uint8Array): string {
  if (bytes.length === 8 || bytes.length === 32)
    return `${showAddress(bytes.subarray(0, bytes.length / 2))}/${showAddress(bytes.subarray(bytes.length / 2))}`;
  return formatAddress(bytes) ?? `#${hexadecimal(bytes)}`;
}

function ia5(reader: DerReader): string {
  const text = asciiText(reader.bytes, reader.contentStart, reader.contentEnd);
  if (text === null) throw reader.fault('X509_DER_STRING_INVALID', reader.contentStart, 'a name that is not ASCII');
  const nul = text.indexOf('\0');
  if (nul !== -1)
    throw reader.fault('X509_NAME_EMBEDDED_NUL', reader.contentStart + nul, 'a name with an embedded NUL');
  return text;
}
