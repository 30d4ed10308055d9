import type { HandshakeList } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

/** The handshakes of a connection, newest first. */
export function useHandshakes(connectionId: string) {
  return useQuery({
    queryKey: [...connectionsKey, connectionId, 'handshakes'],
    queryFn: async ({ signal }) =>
      (await request<HandshakeList>('GET', `/connections/${connectionId}/handshakes?limit=50`, undefined, signal))
        .items,
    refetchInterval: 10_000,
  });
}
