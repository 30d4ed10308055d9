/** CertID (RFC 6960 §4.1.1): a certificate by hashes of its issuer's name and key, and its serial number. */
import type { Certificate } from '../certificate.ts';
import { checkInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readObjectIdentifier } from '../der/object-identifier.ts';
import { equalBytes } from '../hexadecimal.ts';
import type { DistinguishedName } from '../name/distinguished-name.ts';
import { digest } from '../signature/digest.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';

export type CertificateIdHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

export interface CertificateId {
  /** Null where the hash is not known here; such an identifier fits nothing. */
  readonly hash: CertificateIdHash | null;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array;
}

/** A name and a key: all of the issuer that OCSP and CRLs need. */
export interface IssuerKey {
  readonly subject: DistinguishedName;
  readonly publicKey: SubjectPublicKey;
}

const hashes: Readonly<Record<string, CertificateIdHash>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** @throws X509Error */
export function readCertificateId(reader: DerReader): CertificateId {
  const sequence = reader.enter(Tag.sequence);
  const algorithm = sequence.enter(Tag.sequence);
  const hash = hashes[readObjectIdentifier(algorithm)] ?? null;
  if (!algorithm.done) {
    algorithm.next();
    // RFC 5754 §2: parameters are absent or NULL.
    if (hash !== null && (algorithm.tag !== Tag.null || algorithm.contentEnd !== algorithm.contentStart))
      throw algorithm.fault('X509_OCSP_MALFORMED', algorithm.start, 'a hash algorithm with parameters');
  }
  algorithm.finish();
  const issuerNameHash = sequence.expect(Tag.octetString).content();
  const issuerKeyHash = sequence.expect(Tag.octetString).content();
  sequence.expect(Tag.integer);
  checkInteger(sequence);
  const serialNumber = sequence.content();
  sequence.finish();
  return { hash, issuerNameHash, issuerKeyHash, serialNumber };
}

/** The identifier of a certificate. The issuer's name is taken as it is encoded in the certificate. */
export function certificateIdOf(certificate: Certificate, issuer: IssuerKey, hash: CertificateIdHash): CertificateId {
  return {
    hash,
    issuerNameHash: digest(hash, certificate.issuer.der),
    issuerKeyHash: digest(hash, issuer.publicKey.keyBytes),
    serialNumber: certificate.serialNumber,
  };
}

/** Is it the identifier of this certificate? Hashes are computed anew, nothing goes by position. */
export function identifies(id: CertificateId, certificate: Certificate, issuer: IssuerKey): boolean {
  if (id.hash === null || !equalBytes(id.serialNumber, certificate.serialNumber)) return false;
  const own = certificateIdOf(certificate, issuer, id.hash);
  if (!equalBytes(id.issuerKeyHash, own.issuerKeyHash)) return false;
  // The issuer may encode its own name otherwise than the certificate does.
  return (
    equalBytes(id.issuerNameHash, own.issuerNameHash) ||
    equalBytes(id.issuerNameHash, digest(id.hash, issuer.subject.der))
  );
}
