import type { Connector } from '../connector.ts';

/** What running swaps needs of a connector. */
export type SwappingConnector = Pick<
  Connector,
  'store' | 'clients' | 'connectorId' | 'egressGroup' | 'sealKey' | 'log'
> &
  Partial<Pick<Connector, 'revocation'>>;
