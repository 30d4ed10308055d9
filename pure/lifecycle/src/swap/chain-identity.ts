/** What of a chain a far side can match by: names and keys, not validity. */
import { readCertificate, readPem, type Certificate } from '@sallyport/x509';

export interface ChainIdentity {
  /** Names of the end entity: subject (RFC 4514) and DNS names, in one text. */
  readonly name: string;
  /** Key and name of each intermediate that is sent, nearest to the end entity first. */
  readonly intermediates: readonly string[];
  /** Who signed the end entity, by name and key identifier. */
  readonly issuer: string;
  /** The authority above the last certificate that is sent. */
  readonly authority: string;
  /** Subjects, end entity first. */
  readonly subjects: readonly string[];
  /** Whether the end entity may be used by a client (RFC 5280 §4.2.1.12): named, or not restricted. */
  readonly forClients: boolean;
}

const clientAuthentication = '1.3.6.1.5.5.7.3.2';
const anyExtendedKeyUsage = '2.5.29.37.0';
const mostCertificates = 10;

/** @returns null where the text holds no certificate that can be read */
export function chainIdentity(chainPem: string): ChainIdentity | null {
  let certificates: Certificate[];
  try {
    certificates = readPem(chainPem)
      .filter(({ label }) => label === 'CERTIFICATE')
      .slice(0, mostCertificates)
      .map(({ der }) => readCertificate(der));
  } catch {
    return null;
  }
  const [endEntity, ...above] = certificates;
  if (endEntity === undefined) return null;
  // A root that is sent along names nothing that its issuer's name does not.
  const sent = above.filter(({ selfIssued }) => !selfIssued);
  const last = sent.at(-1) ?? endEntity;
  return {
    name: [endEntity.subject.toString(), ...dnsNames(endEntity)].join('|'),
    intermediates: sent.map(
      (certificate) => `${certificate.subject.toString()}|${hexadecimal(certificate.publicKeyDer)}`,
    ),
    issuer: `${endEntity.issuer.toString()}|${authorityKey(endEntity)}`,
    authority: last.issuer.toString(),
    subjects: certificates.map(({ subject }) => subject.toString()),
    forClients: isForClients(endEntity),
  };
}

function dnsNames({ extensions }: Certificate): string[] {
  return (extensions.subjectAltName ?? [])
    .flatMap((name) => (name.kind === 'dns' ? [String(name.value).toLowerCase()] : []))
    .toSorted();
}

function authorityKey({ extensions }: Certificate): string {
  const key = extensions.authorityKeyIdentifier?.keyIdentifier ?? null;
  return key === null ? '' : hexadecimal(key);
}

function isForClients({ extensions }: Certificate): boolean {
  const purposes = extensions.extendedKeyUsage;
  return purposes === null || purposes.includes(clientAuthentication) || purposes.includes(anyExtendedKeyUsage);
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
