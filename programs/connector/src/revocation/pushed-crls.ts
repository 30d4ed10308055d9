/** CRLs that customers pushed, taken into the folder of this host: judged there like those that were fetched. */
import { findConnection, housekeepingScope, jobScope, lastAcceptedChains, newPushedCrls } from '@sallyport/store';
import { anchorsOf } from '../connections/terms-anchors.ts';
import type { Connector } from '../connector.ts';
import { readableChain } from './named-uses.ts';

const takeMilliseconds = 30_000;

export class PushedCrls {
  readonly #connector: Connector;
  /** Digests of those that were refused: they are not tried again and again. */
  readonly #refused = new Set<string>();

  constructor(connector: Connector) {
    this.#connector = connector;
  }

  async take(): Promise<void> {
    const { store, connectorId, egressGroup, revocation, log } = this.#connector;
    const held = revocation.folder.holdings().flatMap(({ sha256 }) => sha256 ?? []);
    const scope = housekeepingScope(`connector:${connectorId}`);
    for (const crl of await newPushedCrls(store, scope, egressGroup, [...held, ...this.#refused])) {
      const own = jobScope(connectorId, crl.customerId);
      const connection = await findConnection(store, own, crl.connectionId);
      if (connection === null) continue;
      const shown = (await lastAcceptedChains(store, own, [crl.connectionId])).get(crl.connectionId);
      const issuers = [...anchorsOf(connection.terms.anchors), ...readableChain(shown?.chain ?? [])];
      // Two customers may have authorities of one name.
      const origin = `pushed: ${crl.authority} (connection ${crl.connectionId})`;
      const { code, message } = await revocation.folder.takePushedCrl(
        origin,
        crl.der,
        issuers,
        AbortSignal.timeout(takeMilliseconds),
      );
      if (code !== 'ok' && code !== 'not-modified') this.#refused.add(crl.sha256);
      log.info({ event: 'revocation.pushed-crl', connectionId: crl.connectionId, code, message });
    }
  }
}
