/** What terms may say about revocation besides the mode; absent is the strictest. */
export interface TermsRevocationRules {
  /** Hours for which a CRL or OCSP answer is still used after its nextUpdate; absent: none. */
  readonly graceHours?: number;
  /** Hours after its thisUpdate beyond which no answer is used, whatever it says of itself; absent: until its nextUpdate. */
  readonly greatestAgeHours?: number;
  /** Where CRLs of an agreed private authority are fetched instead of where its certificates say: those may be inside addresses. */
  readonly crlAddresses?: readonly TermsCrlAddress[];
  /** The agreed private authority publishes nothing about revocation. */
  readonly anchorIssuesNoRevocationData?: boolean;
}

export interface TermsCrlAddress {
  /** Whose CRL lies there: the subject of its certificate, as reports print it (RFC 4514). */
  readonly authority: string;
  readonly url: string;
}
