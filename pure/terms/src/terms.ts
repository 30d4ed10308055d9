/**
 * The terms of one connection: what both sides' people sign off. Immutable, numbered and hashed; every dial's evidence
 * names the hash it ran under. What is not in here a connector does not do.
 */
import type { TermsRevocationRules } from './revocation-rules.ts';
import type { TermsSwaps } from './swap-terms.ts';
import type { TermsProxy } from './terms-proxy.ts';
import type { TermsAnchors, TermsPolicyId } from './terms-trust.ts';

/** On by default; going without is an explicit, reasoned choice. */
export type TermsClientCertificate =
  | { readonly required: true }
  | { readonly required: false; readonly reason: string };

export interface TermsContact {
  readonly name: string;
  readonly email: string;
}

/** Days; null keeps a kind until the connection is retired. */
export interface TermsRetention {
  readonly issueDays: number | null;
  readonly handshakeDays: number | null;
}

export interface Terms {
  /** Counts up for each connection from 1. */
  readonly version: number;
  /** What connectors call: https, with the context path, no trailing slash, e.g. `https://jira.example/jira`. */
  readonly baseUrl: string;
  /** What people click; equal to `baseUrl` unless the two differ. Never dialled. */
  readonly linkUrl: string;
  /** Only connectors of this group dial. */
  readonly egressGroup: string;
  readonly tlsPolicy: TermsPolicyId;
  readonly anchors: TermsAnchors;
  /** `hard`: an unknown revocation status refuses; `soft`: it passes, visibly; `off`: not looked at. */
  readonly revocation: 'hard' | 'soft' | 'off';
  /** Absent: no grace, no greatest age, no other address. */
  readonly revocationRules?: TermsRevocationRules;
  readonly clientCertificate: TermsClientCertificate;
  /**
   * The operator's written word that our client certificate is used with the policy `tls13`. Absent: that policy is
   * refused where a client certificate is required.
   */
  readonly tls13ClientCertificate?: { readonly reason: string } | undefined;
  readonly authenticationKind: 'pat' | 'basic';
  /**
   * Login name of the service account that every answer must name. Null: none was agreed; then only an anonymous
   * answer is refused.
   */
  readonly accountName: string | null;
  /** Private, loopback and link-local addresses may be dialled. */
  readonly allowPrivate: boolean;
  /** Absent: connectors call Jira straight. */
  readonly proxy?: TermsProxy | undefined;
  /**
   * `negative`: the doctor may also ask what the far side must refuse: without a certificate, with one that signed
   * itself, each suite alone. Absent or `positive`: only what the connection's work asks too.
   */
  readonly probes?: 'positive' | 'negative' | undefined;
  /** Absent: recognised by authority and name, default notice, no freeze periods, no standing change. */
  readonly swaps?: TermsSwaps | undefined;
  /** Read-only: nothing else exists yet. */
  readonly methods: readonly ['GET', 'POST /search'];
  /** Paths below the base URL; a trailing `*` stands for one more path segment. */
  readonly restPaths: readonly string[];
  readonly projectKeys: readonly string[];
  /** Jira's field ids; `sprint` and `epic-link` stand for the site's own custom fields of these kinds. */
  readonly fields: readonly string[];
  readonly retention: TermsRetention;
  readonly contacts: { readonly owner: TermsContact; readonly technical: TermsContact };
}
