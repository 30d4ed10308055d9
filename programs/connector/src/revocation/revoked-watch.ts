/**
 * After other revocation data came: connections that ask the source are judged again by the chain that they were shown
 * last. Where it is revoked now, the sockets that were opened before are closed, and the connection says why.
 */
import {
  connectionsTouchedSince,
  housekeepingScope,
  lastAcceptedChains,
  listConnections,
  type Connection,
  type Scope,
  type TouchedConnection,
} from '@sallyport/store';
import { judgeChain } from '@sallyport/tls-dialer';
import { utcInstant } from '@sallyport/x509';
import { BindingError } from '../connections/binding-error.ts';
import { dialTarget } from '../connections/dial-target.ts';
import type { Connector } from '../connector.ts';
import { settleConnectionState } from '../jobs/connection-state.ts';

/** Longer than a statement that writes what has changed takes. */
const overlapMilliseconds = 10_000;
const atOnce = 50;

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
    const touched = (await connectionsTouchedSince(store, scope, revocation.host, since)).filter(
      // A pushed CRL may not be in the folder yet: it is looked at again while the database names it.
      ({ id, changedAt, isPushed }) => isPushed || this.#judged.get(id) !== changedAt.getTime(),
    );
    const judged = touched.filter(({ id }) => plans || clients.boundOf(id) !== null);
    if (judged.length > 0) await this.#judgeAll(scope, judged);
    for (const { id, changedAt, isPushed } of touched) {
      if (isPushed) continue;
      this.#judged.set(id, changedAt.getTime());
      if (changedAt > this.#since) this.#since = changedAt;
    }
    if (this.#judged.size > 100_000) this.#judged.clear();
  }

  /** Some at a time, so that thousands are judged within seconds and nothing else waits for long. */
  async #judgeAll(scope: Scope, touched: readonly TouchedConnection[]): Promise<void> {
    const { store, courtesy } = this.#connector;
    const connections = new Map((await listConnections(store, scope)).map((one) => [one.id, one]));
    for (let first = 0; first < touched.length; first += atOnce) {
      const some = touched.slice(first, first + atOnce);
      const chains = await lastAcceptedChains(
        store,
        scope,
        some.map(({ id }) => id),
      );
      await courtesy.yield();
      for (const { id } of some) {
        const connection = connections.get(id);
        const shown = chains.get(id);
        if (connection !== undefined && shown !== undefined) await this.#judge(connection, shown.chain);
      }
    }
  }

  async #judge(connection: Connection, chain: readonly Uint8Array[]): Promise<void> {
    const connector = this.#connector;
    const { clients, log, revocation, egressGroup } = connector;
    const { id, customerId, terms } = connection;
    if (terms.egressGroup !== egressGroup || terms.revocation === 'off') return;
    try {
      // Judged only, never dialled: no secret is opened for it.
      const target = dialTarget({ connection, clientCertificate: null, proxyCredential: null, revocation });
      const { status, code, message, actor } = judgeChain(chain, target, utcInstant(Date.now())).report.checks
        .revocation;
      if (status !== 'fail') return;
      await clients.drop(id);
      connector.counters.add('connectionsRevoked');
      log.error({ event: 'connection.revoked', connectionId: id, code });
      const payload = { connectionId: id, customerId };
      await settleConnectionState(connector, payload, 'failing', { code, message, actor });
    } catch (error) {
      if (!(error instanceof BindingError)) throw error;
    }
  }
}
