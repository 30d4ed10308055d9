/** A client certificate as an enforcer can recognise it. */
import { type Certificate, type DistinguishedName } from '@sallyport/x509';

export interface ClientName {
  readonly role: 'current' | 'next';
  /** The dNSName of its subjectAltName, as it stands there, e.g. `*.operator.example`. */
  readonly dnsName: string;
  /** Place of that name among the dNSNames, from 0. */
  readonly position: number;
  /**
   * The whole subject as OpenSSL prints it by RFC 2253, for products that see no subjectAltName. Null where only the
   * name is known, or where the subject has attributes that OpenSSL prints as numbers; empty where there is no subject.
   */
  readonly subject: string | null;
  /** Whether a commonName of the subject is the name; where not, products that see only the subject cannot match it. */
  readonly inSubject: boolean;
  /** Curve of an ECDSA key, such as `P-521`; null for other keys, and where the certificate is not at hand. */
  readonly keyCurve: string | null;
}

/** The name alone, where the certificate itself is not at hand: its subject is taken to have it as its commonName. */
export function nameOnly(dnsName: string, role: ClientName['role']): ClientName {
  return { role, dnsName, position: 0, subject: null, inSubject: true, keyCurve: null };
}

/** The first dNSName of a certificate; null where it has none. */
export function nameOfCertificate(certificate: Certificate, role: ClientName['role']): ClientName | null {
  const dnsNames = (certificate.extensions.subjectAltName ?? []).flatMap((name) =>
    name.kind === 'dns' ? [name.value] : [],
  );
  const commonNames = certificate.subject.textsOf('2.5.4.3').map((text) => text.toLowerCase());
  // The one that is also the subject's name serves every product.
  const both = dnsNames.findIndex((name) => commonNames.includes(name.toLowerCase()));
  const position = Math.max(both, 0);
  const dnsName = dnsNames[position];
  if (dnsName === undefined) return null;
  const { curve } = certificate.publicKey;
  const subject = opensslSubject(certificate.subject);
  return { role, dnsName, position, subject, inSubject: both >= 0, keyCurve: curve };
}

/** OpenSSL's short names. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/**
 * A subject as X509_NAME_print_ex with XN_FLAG_RFC2253 writes it, which is what nginx and HAProxy compare; null where an
 * attribute has no short name or is no text.
 */
export function opensslSubject(subject: DistinguishedName): string | null {
  const parts: string[] = [];
  for (const attributes of subject.relative) {
    const texts: string[] = [];
    for (const { type, text } of attributes) {
      const shortName = shortNames[type];
      if (shortName === undefined || text === null) return null;
      texts.push(`${shortName}=${escaped(text)}`);
    }
    // OpenSSL walks the whole name backwards, also inside a relative name of several values.
    parts.push(texts.reverse().join('+'));
  }
  return parts.reverse().join(',');
}

/** RFC 2253 §2.4; control characters and everything beyond ASCII as `\XX` of its UTF-8. */
function escaped(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let out = '';
  bytes.forEach((byte, index) => {
    const character = String.fromCharCode(byte);
    const atEdge =
      (index === 0 && (character === ' ' || character === '#')) || (index === bytes.length - 1 && character === ' ');
    if (byte < 0x20 || byte > 0x7e) out += `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (atEdge || ',+"\\<>;'.includes(character)) out += `\\${character}`;
    else out += character;
  });
  return out;
}
