/** A product that can enforce mutual TLS, as one entry of the table: what it can, and the kit it gets. */
import type { EnforcerFacts } from './enforcer-facts.ts';

export type ProductId = (typeof productIds)[number];
export const productIds = [
  'nginx',
  'apache',
  'haproxy',
  'tomcat',
  'stunnel',
  'f5-big-ip',
  'netscaler',
  'iis',
  'aws-alb',
  'azure-application-gateway',
  'google-cloud',
  'cloudflare',
] as const;

/** `partly` always says in its words what is missing. */
export interface Ability {
  readonly can: 'yes' | 'partly' | 'no';
  readonly words: string;
}

/** What an enforcer of mutual TLS has to be able to do; the columns of the documents' table. */
export interface Abilities {
  /** Lets in the one certificate of this name, not every certificate of the CA. */
  readonly nameMatch: Ability;
  readonly revocation: Ability;
  readonly headerStrip: Ability;
  readonly restPaths: Ability;
  /** The exact suites and groups, no resumption, no renegotiation. */
  readonly tlsPolicy: Ability;
}

export interface KitFile {
  /** Absolute, on the customer's machine. */
  readonly path: string;
  /** Octal, as chmod takes it. */
  readonly mode: '0644' | '0755';
  readonly purpose: string;
  readonly text: string;
}

/** One thing to try from elsewhere, and what has to come of it. */
export interface KitTest {
  readonly what: string;
  readonly command: string;
  readonly expect: string;
}

/** What one product's file makes of the facts; the rest of the kit is the same for all. */
export interface ProductConfiguration {
  readonly files: readonly KitFile[];
  /** In order, one sentence or command each. */
  readonly steps: readonly string[];
}

/**
 * What a client sees that comes to the started server: `HTTP 400`, `alert 48`. Our tests hold the servers against it, and the
 * documents print it.
 */
export interface Faces {
  readonly none: string;
  readonly expired: string;
  readonly serverAuthOnly: string;
  readonly revoked: string;
  /** Of another CA. */
  readonly stranger: string;
  /** Valid, of the same CA. */
  readonly otherName: string;
  /** The same name in other capitals. */
  readonly otherCase: string;
  /** A wildcard of the same CA that covers the name. */
  readonly coveringWildcard: string;
  /** Our subject, and no subjectAltName. */
  readonly nameless: string;
  /** Ours, when the CRL of its issuer has ended. */
  readonly listEnded: string;
  /** Ours, when there is no CRL of its issuer. */
  readonly listMissing: string;
}

/** OpenSSL's alert for each fault of a client certificate. */
export const opensslFaces = {
  none: 'alert 40',
  expired: 'alert 45',
  serverAuthOnly: 'alert 43',
  revoked: 'alert 44',
  stranger: 'alert 48',
} as const;
/** Refused by name, in HTTP. */
export const refusedByName = { otherName: 'HTTP 403', otherCase: 'HTTP 403', coveringWildcard: 'HTTP 403' } as const;

export interface Product {
  readonly id: ProductId;
  readonly title: string;
  /** The version that the tests start from generated text; null: a checklist, not tested by us. */
  readonly testedWith: string | null;
  readonly abilities: Abilities;
  /** What it does otherwise than one would think; seen in the tests where the product is tested. */
  readonly differences: readonly string[];
  /** Checks the configuration and takes new files up, in the words of a shell; null where there is no such command. */
  readonly reload: string | null;
  /** Null for a checklist. */
  readonly faces: Faces | null;
  /** What a client sees that comes without our certificate, or with a wrong one. */
  readonly refusal: string;
  configure(facts: EnforcerFacts): ProductConfiguration;
}
