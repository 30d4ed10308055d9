/** What a product is told to serve on one port, and what a product is. */
import type { Identity } from '@sallyport/sandbox';

export type ProductName = 'nginx' | 'Apache' | 'HAProxy' | 'Tomcat' | 'stunnel' | 'openssl s_server' | 'squid';

export interface Site {
  readonly identity: Identity;
  /** `renegotiation`: only after the request, in a second handshake. */
  readonly asks: 'required' | 'renegotiation' | 'never';
  /** PEM; whose client certificates are accepted. */
  readonly clientAnchors: string;
  /** PEM of all CRLs that are needed to judge a client's chain; null: revocation is not looked at. */
  readonly clientRevocation: string | null;
  readonly version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly suites: 'usual' | 'dhe' | 'outdated';
  /** Of the client: which signature algorithms the CertificateRequest names. */
  readonly clientSignatures: 'any' | 'ecdsa';
  /** DER of the OCSP response that is stapled. */
  readonly staple: Uint8Array | null;
}

/** What a running product gives a case. */
export interface FarSide {
  readonly port: number;
  /** Path that a case asks for; where the product must be told by path to renegotiate, another one than usual. */
  readonly path: string;
}

export interface RunningProduct {
  readonly farSideOf: (site: Site) => FarSide;
  readonly end: () => Promise<void>;
}

export interface Product {
  readonly name: ProductName;
  /** Where the program is; null where it is not installed. */
  readonly program: () => string | null;
  /** Why the product cannot show this site; null where it can. */
  readonly unable: (site: Site) => string | null;
  /** Serves every site on a port of its own at 127.0.0.1, with `originPort` (plain HTTP) behind it. */
  readonly start: (sites: readonly Site[], originPort: number) => Promise<RunningProduct>;
}

/** In OpenSSL's words. Level 0 lets a server show what no server should. */
export const opensslSuites: Readonly<Record<Site['suites'], string>> = {
  usual:
    'ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-SHA:ECDHE-ECDSA-AES256-SHA:@SECLEVEL=0',
  dhe: 'DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
  outdated: 'ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA384:AES256-GCM-SHA384:AES128-SHA:@SECLEVEL=0',
};
