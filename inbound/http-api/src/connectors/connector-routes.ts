import { connectorList, type Connector } from '@sallyport/console-api';
import { listConnectors, type Connector as StoredConnector } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { callerOf } from '../session/caller.ts';

/** GET /connectors. */
export const connectorRoutes: Routes = (api, { store }) => {
  api.get('/connectors', { schema: { response: { 200: connectorList } } }, async (request) => {
    callerOf(request);
    return { items: (await listConnectors(store)).map(shownConnector) };
  });
};

/** A connector by its heartbeat row. */
export function shownConnector(connector: StoredConnector): Connector {
  const counters = Object.entries(connector.counters).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return {
    id: connector.id,
    egressGroup: connector.egressGroup,
    startedAt: connector.startedAt.toISOString(),
    heartbeatAt: connector.heartbeatAt.toISOString(),
    heartbeatAgeSeconds: connector.heartbeatAgeSeconds,
    version: connector.version,
    counters: Object.fromEntries(counters),
  };
}
