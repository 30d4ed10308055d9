import type { ConnectorList } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { request } from './request.ts';

/** The connectors with their heartbeats. */
export function useConnectors(refetchInterval = 2000) {
  return useQuery({
    queryKey: ['connectors'],
    queryFn: async ({ signal }) => (await request<ConnectorList>('GET', '/connectors', undefined, signal)).items,
    refetchInterval,
  });
}
