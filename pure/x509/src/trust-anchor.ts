/** Trust anchors: a name and a key (RFC 5280 §6.1.1 (d)), with constraints where they were given (RFC 5937). */
import type { Certificate } from './certificate.ts';
import type { NameConstraints } from './extensions/name-constraints.ts';
import type { UtcInstant } from './instant.ts';
import type { DistinguishedName } from './name/distinguished-name.ts';
import type { SubjectPublicKey } from './subject-public-key.ts';

export interface TrustAnchor {
  readonly subject: DistinguishedName;
  readonly publicKey: SubjectPublicKey;
  /** The certificate that the anchor was given as; null for a bare name and key. */
  readonly certificate: Certificate | null;
  /** End entities issued (notBefore) after this instant are not trusted through this anchor; null for no such date. */
  readonly distrustAfter: UtcInstant | null;
  /** RFC 5937: path length, name and policy constraints and key usage of `certificate` hold for every path. */
  readonly applyConstraints: boolean;
}

export interface AnchorOptions {
  readonly distrustAfter?: UtcInstant | null;
  /** Default true: name constraints often sit in the trusted root. */
  readonly applyConstraints?: boolean;
}

/** An anchor from a certificate, which is not judged as one. @throws X509Error where its key is malformed */
export function anchorFromCertificate(certificate: Certificate, options: AnchorOptions = {}): TrustAnchor {
  return {
    subject: certificate.subject,
    publicKey: certificate.publicKey,
    certificate,
    distrustAfter: options.distrustAfter ?? null,
    applyConstraints: options.applyConstraints ?? true,
  };
}

/** An anchor from a name and a key. */
export function anchorFromKey(
  subject: DistinguishedName,
  publicKey: SubjectPublicKey,
  options: AnchorOptions = {},
): TrustAnchor {
  return {
    subject,
    publicKey,
    certificate: null,
    distrustAfter: options.distrustAfter ?? null,
    applyConstraints: false,
  };
}

/** Name constraints that the anchor lays on its paths; null for none. @throws X509Error where they are malformed */
export function anchorNameConstraints(anchor: TrustAnchor): NameConstraints | null {
  return anchor.applyConstraints ? (anchor.certificate?.extensions.nameConstraints ?? null) : null;
}
