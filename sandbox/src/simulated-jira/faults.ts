/** What can be made to go wrong in the simulated Jira, for tests. Each spoils the answers of REST calls while it is on. */

export const jiraFaults = [
  /** 200 with the HTML of a single-sign-on page. */
  'html-200',
  /** 302 to a login page. */
  'login-302',
  /** JSON that ends in the middle, with the full length promised, or not. */
  'truncated-json',
  /** A few kB of gzip that become 1 GiB. */
  'gzip-bomb',
  /** The maintenance page of a proxy. */
  '503-html',
  /** Rate limit reached. */
  '429',
  /** Search answers also hold issues with missing and odd fields. */
  'odd-issues',
  /** Credentials no longer valid: 401. */
  'unauthorized',
  /** Credentials silently ignored: answered as to a stranger, with 200. */
  'anonymous',
  /** The headers come, the body stops half-way and nothing more follows. */
  'stall',
  /** The connection is reset in the middle of the body. */
  'reset',
] as const;

export type JiraFault = (typeof jiraFaults)[number];

/** How long answers take; zero by default. */
export interface Latency {
  readonly requestMilliseconds: number;
  readonly issueMicroseconds: number;
}

export const mostLatencyMilliseconds = 60_000;
