/**
 * What is announced about public certificates for clients, as data: who stops issuing them and when, and how long public
 * certificates may live. Each with where it was published and as of when we know it; a change is a change of this file.
 */
export interface ClientAuthEnd {
  /** Parts of the organisation's name in the issuer, lower case. */
  readonly organizations: readonly string[];
  readonly name: string;
  /** From then on no certificate with clientAuth is issued, RFC 3339. */
  readonly ends: string;
  readonly source: string;
}

/** The day on which these facts were looked up. */
export const factsOf = '2026-11-24';

export const clientAuthEnds: readonly ClientAuthEnd[] = [
  {
    organizations: ["let's encrypt", 'internet security research group'],
    name: 'Let’s Encrypt',
    ends: '2026-07-08T00:00:00Z',
    source: 'letsencrypt.org/2025/05/14/ending-tls-client-authentication',
  },
  {
    organizations: ['google trust services'],
    name: 'Google Trust Services',
    ends: '2026-04-13T00:00:00Z',
    source: 'developers.google.com/public-key-infrastructure/updates/may2025-clientauth',
  },
  {
    organizations: ['godaddy', 'starfield technologies'],
    name: 'GoDaddy',
    ends: '2026-06-15T00:00:00Z',
    source: 'godaddy.com/help (client authentication in TLS certificates)',
  },
  {
    organizations: ['sectigo', 'comodo', 'usertrust'],
    name: 'Sectigo',
    ends: '2027-02-10T00:00:00Z',
    source: 'sectigo.com/faq-client-authentication-eku-deprecation, notice of April 2026',
  },
  {
    organizations: ['digicert', 'geotrust', 'thawte', 'rapidssl'],
    name: 'DigiCert',
    ends: '2027-03-01T00:00:00Z',
    source: 'knowledge.digicert.com/alerts/sunsetting-client-authentication-eku-from-digicert-public-tls-certificates',
  },
];

/** Of every other authority in browsers' lists: leaves issued from then on are for servers only. */
export const browserRule: ClientAuthEnd = {
  organizations: [],
  name: 'every public authority',
  ends: '2027-03-15T00:00:00Z',
  source: 'Chrome Root Program Policy 1.8 (2026-02-05)',
};

export interface LifetimeStep {
  /** Certificates issued from then on, RFC 3339. */
  readonly from: string;
  readonly days: number;
}

/** Greatest life of public certificates, oldest first. */
export const publicLifetimes: readonly LifetimeStep[] = [
  { from: '2026-03-15T00:00:00Z', days: 200 },
  { from: '2027-03-15T00:00:00Z', days: 100 },
  { from: '2029-03-15T00:00:00Z', days: 47 },
];
export const lifetimeSource = 'CA/Browser Forum Baseline Requirements §6.3.2';
export const distrustSource = 'Mozilla’s built-in list of roots (NSS 3.110)';
