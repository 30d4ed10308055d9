/** What rules ask of a certificate, as plain JSON. */

export interface CertificateFacts {
  /** RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  /** Organisations and common names of subject and issuer, for the rules that compare families of authorities. */
  readonly subjectNames: readonly string[];
  readonly issuerNames: readonly string[];
  /** Lower-case hexadecimal. */
  readonly serial: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly selfIssued: boolean;
  readonly keyKind: string;
  readonly keyBits: number;
  /** Null where the certificate does not say what it is for. */
  readonly serverAuth: boolean | null;
  readonly clientAuth: boolean | null;
  /** DNS names and addresses; null where the extension is absent. */
  readonly alternativeNames: readonly string[] | null;
  /** Where its issuer can be fetched, its CRL, its responder. */
  readonly caIssuers: readonly string[];
  readonly crls: readonly string[];
  readonly ocsp: readonly string[];
  /** It bears what only public authorities put in: a policy of the CA/Browser Forum, or signed timestamps of certificate transparency. */
  readonly looksPublic: boolean;
  readonly sha256: string;
}
