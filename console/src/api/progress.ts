import type { ConnectionState, SyncProgress } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { isReading } from '../words/reading.ts';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

/** How far the reading of issues is; every second while it runs or has yet to begin. */
export function useProgress(connectionId: string, state: ConnectionState) {
  return useQuery({
    queryKey: [...connectionsKey, connectionId, 'progress'],
    queryFn: ({ signal }) => request<SyncProgress>('GET', `/connections/${connectionId}/progress`, undefined, signal),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isReading(state, data) ? 1000 : state === 'active' ? 1500 : 10_000,
  });
}
