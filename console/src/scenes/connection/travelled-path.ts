/** The path of a connection as it was travelled by the last handshake: what the drawing shows, and what its table says. */
export type LinkOutcome = 'proven' | 'broken' | 'resting' | 'inside';

/** One of the places on the path. */
export interface Place {
  readonly id: 'people' | 'web' | 'database' | 'connector' | 'proxy' | 'enforcer' | 'jira';
  readonly title: string;
  readonly detail: string;
}

/** What lies between two neighbouring places. */
export interface Link {
  readonly from: Place['id'];
  readonly to: Place['id'];
  /** The place that opens the connection: the arrow starts there. */
  readonly opensAt: Place['id'];
  readonly protocol: string;
  /** Suite, certificates, addresses: one line each. */
  readonly lines: readonly string[];
  /** `proven` by the last handshake; `broken` by it; `resting` is as configured; `inside` is the customer's own network. */
  readonly outcome: LinkOutcome;
}

export interface TravelledPath {
  readonly title: string;
  readonly places: readonly Place[];
  readonly links: readonly Link[];
}

/** Words for the outcome of a link, for people who do not see the colours of the drawing. */
export const linkOutcomeWords: Readonly<Record<LinkOutcome, string>> = {
  proven: 'proven by the last handshake',
  broken: 'stopped here at the last handshake',
  resting: 'as configured',
  inside: 'inside the customer’s network, not seen by us',
};
