/** A connector's swaps and their following as a process of its own, to be killed; it tells each move to who forked it. */
import { openStore, recordHeartbeat } from '@sallyport/store';
import type { SealKeyPair } from '@sallyport/store/open-sealed';
import { collectEvidence } from '../../programs/connector/src/connections/evidence.ts';
import { ConnectionClients } from '../../programs/connector/src/connections/connection-clients.ts';
import { followSlots } from '../../programs/connector/src/connections/slot-follower.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { runSwaps } from '../../programs/connector/src/swaps/swap-runner.ts';

const [url = '', connectorId = '', key = ''] = process.argv.slice(2);
const store = openStore({ url, applicationName: connectorId, maximumConnections: 8 });
const sealKey = JSON.parse(key, (name, value: unknown) =>
  name === 'publicKey' || name === 'privateKey' ? Buffer.from(String(value), 'base64') : value,
) as SealKeyPair;
const log = openLog(process.env.SALLYPORT_LOG ?? 'silent', connectorId);
const parts = {
  store,
  callStore: store,
  clients: new ConnectionClients(collectEvidence(store, connectorId, log)),
  connectorId,
  egressGroup: 'default',
  sealKey,
  log,
};
const beat = (): Promise<void> =>
  recordHeartbeat(store, { id: connectorId, egressGroup: 'default', startedAt: new Date(), counters: {} });
await beat();
setInterval(() => void beat().catch(() => undefined), 1_000);
followSlots(parts);
runSwaps(parts);
process.send?.('ready');
process.once('disconnect', () => process.exit(0));
