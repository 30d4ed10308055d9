/** Names of a certificate that name constraints look at: the subject, its e-mail addresses, and every alternative name (RFC 5280 §4.2.1.10, RFC 9549). */
import type { Certificate } from '../certificate.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { stringOf } from '../der/der-string.ts';
import { X509Error } from '../x509-error.ts';
import { attributeTypes } from './distinguished-name.ts';
import type { GeneralName, GeneralNameKind } from './general-name.ts';

/** A name, and the kind of the constraints that bind it. */
export interface ConstrainedName {
  readonly kind: GeneralNameKind;
  readonly name: GeneralName;
  /** Text in lower case for names of text, the host's part only for mailboxes. */
  readonly lower: string;
}

/** otherName of RFC 9598; bound by rfc822Name constraints (RFC 9598 §6). */
const smtpUtf8Mailbox = '1.3.6.1.5.5.7.8.9';

export function constrainedNames(certificate: Certificate): readonly ConstrainedName[] {
  const names: ConstrainedName[] = [];
  if (!certificate.subject.isEmpty)
    names.push({ kind: 'directory', name: { kind: 'directory', value: certificate.subject }, lower: '' });
  for (const value of certificate.subject.textsOf(attributeTypes.emailAddress))
    names.push(constrained({ kind: 'email', value }));
  for (const name of certificate.extensions.subjectAltName ?? []) names.push(constrained(name));
  return names;
}

function constrained(name: GeneralName): ConstrainedName {
  switch (name.kind) {
    case 'dns':
    case 'uri':
      return { kind: name.kind, name, lower: name.value.toLowerCase() };
    case 'email':
      return { kind: 'email', name, lower: name.value.slice(name.value.lastIndexOf('@') + 1).toLowerCase() };
    case 'other': {
      if (name.type !== smtpUtf8Mailbox) return { kind: 'other', name, lower: '' };
      const value = mailboxOf(name.value);
      return {
        kind: 'email',
        name: { kind: 'email', value },
        lower: value.slice(value.lastIndexOf('@') + 1).toLowerCase(),
      };
    }
    default:
      return { kind: name.kind, name, lower: '' };
  }
}

/** Empty where the value is no UTF8String: an empty mailbox is malformed under every constraint. */
function mailboxOf(element: Uint8Array): string {
  try {
    const reader = new DerReader(element);
    return stringOf(reader.expect(Tag.utf8String));
  } catch (error) {
    if (error instanceof X509Error) return '';
    throw error;
  }
}
