import type { CheckAnswer, ConnectionDetail, ConnectionList } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { isReading } from '../words/reading.ts';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

const refreshMilliseconds = 5000;

/** The fleet, renewed every few seconds. */
export function useConnections() {
  return useQuery({
    queryKey: connectionsKey,
    queryFn: async ({ signal }) => (await request<ConnectionList>('GET', '/connections', undefined, signal)).items,
    refetchInterval: refreshMilliseconds,
  });
}

/** One connection with its terms, its last handshake and the progress of its reading; quicker while something runs. */
export function useConnection(id: string) {
  return useQuery({
    queryKey: [...connectionsKey, id],
    queryFn: ({ signal }) => request<ConnectionDetail>('GET', `/connections/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && (data.state === 'checking' || isReading(data.state, data.progress))
        ? 1000
        : refreshMilliseconds,
  });
}

/** What the console offers of the actions that the API names. */
export type OfferedAction = 'check' | 'activate' | 'pause' | 'resume' | 'retire';

/** Check now, activate, pause, resume, retire: the answer is what is shown next. */
export function useConnectionAction(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (action: OfferedAction): Promise<ConnectionDetail> =>
      action === 'check'
        ? (await request<CheckAnswer>('POST', `/connections/${id}/check`, {})).connection
        : request<ConnectionDetail>('POST', `/connections/${id}/${action}`, {}),
    onSuccess: (connection) => client.setQueryData([...connectionsKey, id], connection),
    // Not awaited: the answer is shown already, and the next action need not wait for the lists.
    onSettled: () => void client.invalidateQueries({ queryKey: connectionsKey }),
  });
}
