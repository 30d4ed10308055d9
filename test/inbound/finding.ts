/** One thing that a scanner looked at, and what became of it. */
export interface Finding {
  /** Scanner and certificate, e.g. `testssl rsa`. */
  readonly scan: string;
  readonly id: string;
  readonly severity: 'ok' | 'low' | 'medium' | 'high' | 'critical' | 'warning';
  readonly text: string;
}

export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'excused'; readonly reason: string }
  | { readonly kind: 'failed' };

export interface ScanTarget {
  /** `rsa` or `ecdsa`: the key of the certificate that is shown. */
  readonly certificate: 'rsa' | 'ecdsa';
  readonly host: string;
  readonly port: number;
  /** File with the roots that the certificate leads to. */
  readonly anchorsFile: string;
}

/** What the policy allows with this certificate, in OpenSSL's and in IANA's names. */
export interface AllowedTls {
  readonly suites: readonly { readonly openssl: string; readonly iana: string }[];
  /** In the names of OpenSSL: `X25519`, `P-256`, … */
  readonly groups: readonly string[];
  readonly minimumDhBits: number;
}

/** A finding of a yes-or-no question. */
export function question(scan: string, id: string, isGood: boolean, text: string): Finding {
  return { scan, id, severity: isGood ? 'ok' : 'high', text };
}
