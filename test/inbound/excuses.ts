/**
 * Findings that a laboratory certificate causes and a real one would not. Each names its reason; one that no scan shows any
 * more fails the run, so that the list cannot outlive what it excuses.
 */

export interface Excuse {
  /** Scanner, and the id that it gives the finding. */
  readonly scanner: 'testssl' | 'sslscan' | 'nmap';
  readonly id: string;
  /** The finding's text must match as well: another fault under the same id is not excused. */
  readonly text: RegExp;
  readonly reason: string;
}

export const excuses: readonly Excuse[] = [
  {
    scanner: 'testssl',
    id: 'DNS_CAArecord',
    text: /^--$/,
    reason: 'The laboratory name is below .example, which has no DNS zone to hold a CAA record.',
  },
];
