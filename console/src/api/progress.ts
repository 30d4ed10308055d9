import type { SyncProgress } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

/** How far the reading of issues is; every second while it runs. */
export function useProgress(connectionId: string, active: boolean) {
  return useQuery({
    queryKey: [...connectionsKey, connectionId, 'progress'],
    queryFn: ({ signal }) => request<SyncProgress>('GET', `/connections/${connectionId}/progress`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.running === true ? 700 : active ? 1500 : 10_000),
  });
}
