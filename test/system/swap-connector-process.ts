/**
 * A connector's swaps and their following as a process of its own, to be killed. Told to, it serves a connection, says
 * with which generation requests go out, and sends some; each that it sends has a mark of its own.
 */
import { openStore, recordHeartbeat } from '@sallyport/store';
import type { SealKeyPair } from '@sallyport/store/open-sealed';
import { bindConnection } from '../../programs/connector/src/connections/bound-connection.ts';
import { collectEvidence } from '../../programs/connector/src/connections/evidence.ts';
import {
  ConnectionClients,
  type ConnectionClient,
} from '../../programs/connector/src/connections/connection-clients.ts';
import { followSlots } from '../../programs/connector/src/connections/slot-follower.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { runSwaps } from '../../programs/connector/src/swaps/swap-runner.ts';

/** What it is told. */
export type ToConnector =
  | { readonly serve: { readonly connectionId: string; readonly customerId: string } }
  | { readonly send: { readonly perSecond: number; readonly mark: string } }
  | { readonly stopSending: true };

/** What came of a request: null is an answer. */
export type Sent = readonly [mark: string, failure: string | null];

/** What it tells. */
export type FromConnector = 'ready' | { readonly generation: number } | { readonly sent: readonly Sent[] };

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
const tell = (message: FromConnector): void => void process.send?.(message);
const beat = (): Promise<void> =>
  recordHeartbeat(store, { id: connectorId, egressGroup: 'default', startedAt: new Date(), counters: {} });
await beat();
setInterval(() => void beat().catch(() => undefined), 1_000);
followSlots(parts);
runSwaps(parts);

const lookMilliseconds = 5;
let client: ConnectionClient | null = null;
let sending: NodeJS.Timeout | undefined;
let underWay: Promise<Sent>[] = [];

async function serve(payload: { readonly connectionId: string; readonly customerId: string }): Promise<void> {
  const bound = await bindConnection(parts, payload);
  if (bound === null) throw new Error('there is no such connection');
  const served = await parts.clients.take(bound);
  await served.jira.identify();
  client = served;
  let told: number | null = null;
  setInterval(() => {
    const generation = served.bound.binding?.generation ?? 0;
    if (generation === told) return;
    told = generation;
    tell({ generation });
  }, lookMilliseconds);
}

/** A search is a POST: nothing but a refusal of our certificate lets it be sent again. */
async function sendOne(mark: string): Promise<Sent> {
  const jql = `project in ("ACME") AND text ~ "${mark}"`;
  const answer = await client?.jira.search({ jql, startAt: 0, maxResults: 1, fields: ['updated'], changelog: false });
  return [mark, answer?.ok === true ? null : (answer?.error.code ?? 'not-served')];
}

process.on('message', (message: ToConnector) => {
  if ('serve' in message) return void serve(message.serve);
  if ('send' in message) {
    const { perSecond, mark } = message.send;
    sending = setInterval(() => underWay.push(sendOne(`${mark}-${underWay.length}.`)), 1000 / perSecond);
    return;
  }
  clearInterval(sending);
  const all = underWay;
  underWay = [];
  void Promise.all(all).then((sent) => tell({ sent }));
});
process.send?.('ready');
process.once('disconnect', () => process.exit(0));
