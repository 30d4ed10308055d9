/**
 * After other revocation data came: connections that ask the source are judged again by the chain that they were shown
 * last. Where it is revoked now, the sockets that were opened before are closed, and the connection says why.
 */
import {
  connectionsTouchedSince,
  housekeepingScope,
  jobScope,
  lastAcceptedChains,
  type TouchedConnection,
} from '@sallyport/store';
import { judgeChain } from '@sallyport/tls-dialer';
import { utcInstant } from '@sallyport/x509';
import { BindingError, bindConnection } from '../connections/bound-connection.ts';
import { dialTarget } from '../connections/dial-target.ts';
import type { Connector } from '../connector.ts';
import { settleConnectionState } from '../jobs/connection-state.ts';

/** Longer than a statement that writes what has changed takes. */
const overlapMilliseconds = 10_000;

export class RevokedWatch {
  readonly #connector: Connector;
  #since: Date;
  /** Judged by what change, by connection. */
  readonly #judged = new Map<string, number>();

  constructor(connector: Connector, since: Date) {
    this.#connector = connector;
    this.#since = since;
  }

  /** Judges those that changed since the last look: those that this process serves, and all of them where `plans`. */
  async look(plans: boolean): Promise<void> {
    const { store, connectorId, revocation, clients } = this.#connector;
    const scope = housekeepingScope(`connector:${connectorId}`);
    // With some overlap: what was written at an earlier instant may be seen later.
    const since = new Date(this.#since.getTime() - overlapMilliseconds);
    for (const connection of await connectionsTouchedSince(store, scope, revocation.host, since)) {
      const { id, changedAt, isPushed } = connection;
      // A pushed CRL may not be in the folder yet: it is looked at again while the database names it.
      if (!isPushed && this.#judged.get(id) === changedAt.getTime()) continue;
      if (plans || clients.boundOf(id) !== null) await this.#judge(connection);
      if (isPushed) continue;
      this.#judged.set(id, changedAt.getTime());
      if (changedAt > this.#since) this.#since = changedAt;
    }
    if (this.#judged.size > 100_000) this.#judged.clear();
  }

  async #judge({ id, customerId }: TouchedConnection): Promise<void> {
    const connector = this.#connector;
    const { store, connectorId, clients, log } = connector;
    const payload = { connectionId: id, customerId };
    try {
      const bound = await bindConnection(connector, payload);
      const shown = (await lastAcceptedChains(store, jobScope(connectorId, customerId), [id])).get(id);
      if (bound === null || shown === undefined || bound.connection.terms.revocation === 'off') return;
      const { report } = judgeChain(shown.chain, dialTarget(bound), utcInstant(Date.now()));
      const { status, code, message, actor } = report.checks.revocation;
      if (status !== 'fail') return;
      await clients.drop(id);
      connector.counters.add('connectionsRevoked');
      log.error({ event: 'connection.revoked', connectionId: id, code });
      await settleConnectionState(connector, payload, 'failing', { code, message, actor });
    } catch (error) {
      if (!(error instanceof BindingError)) throw error;
    }
  }
}
