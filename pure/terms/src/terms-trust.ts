/** Under which policy and authorities terms trust a server. */

/** Policies that terms may name; their content is data in `@sallyport/tls-policy`. */
export const termsPolicyIds = ['tls12-six', 'tls12-four', 'tls13'] as const;
export type TermsPolicyId = (typeof termsPolicyIds)[number];

/** Whose signature makes the server's certificate trusted. */
export type TermsAnchors =
  | { readonly kind: 'public' }
  /** An agreed private CA: one or more certificates as PEM text. */
  | { readonly kind: 'pem'; readonly pem: string };
