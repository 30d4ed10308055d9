/** What the parts of this program share: who it is, where it writes, what it holds. */
import type { Connection, Store } from '@sallyport/store';
import type { SealKeyPair } from '@sallyport/store/open-sealed';
import type { Courtesy } from './calls/courtesy.ts';
import type { ConnectionClients } from './connections/connection-clients.ts';
import type { Evidence } from './connections/evidence.ts';
import type { Counters } from './counters.ts';
import type { Log } from './log.ts';
import type { HostRevocation } from './revocation/host-revocation.ts';
import type { Retries } from './retries.ts';

export interface Connector {
  readonly connectorId: string;
  readonly egressGroup: string;
  /** For jobs. */
  readonly store: Store;
  /** For interactive calls: connections of its own, so that a sync never makes one wait. */
  readonly callStore: Store;
  readonly sealKey: SealKeyPair;
  readonly clients: ConnectionClients;
  readonly evidence: Evidence;
  readonly revocation: HostRevocation;
  readonly counters: Counters;
  readonly retries: Retries;
  /** Lets interactive calls go before sweeps. */
  readonly courtesy: Courtesy;
  readonly log: Log;
  /** Connections that a sync of this process serves now. */
  readonly serving: Set<string>;
  /** Whether a connection is to be read now: it is active, or it failed for a reason that may pass by itself. */
  mayServe(connection: Connection): boolean;
}
