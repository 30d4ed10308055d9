import type { Rollout, RolloutBoard } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { rolloutsKey } from './query-keys.ts';
import { request } from './request.ts';

/** Rollouts, newest first. */
export function useRollouts() {
  return useQuery({
    queryKey: rolloutsKey,
    queryFn: async ({ signal }) => (await request<{ items: Rollout[] }>('GET', '/rollouts', undefined, signal)).items,
    refetchInterval: 10_000,
  });
}

/** One rollout as a board; every two seconds until it is at its end. */
export function useRollout(id: string) {
  return useQuery({
    queryKey: [...rolloutsKey, id],
    queryFn: ({ signal }) => request<RolloutBoard>('GET', `/rollouts/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && (data.state === 'done' || data.state === 'cancelled') ? false : 2000,
  });
}

export interface RolloutAsked {
  readonly verb: 'approve' | 'begin' | 'stop' | 'resume' | 'cancel';
  readonly body?: object;
}

export function useAskRollout(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, body = {} }: RolloutAsked) => request<RolloutBoard>('POST', `/rollouts/${id}/${verb}`, body),
    onSuccess: (board) => client.setQueryData([...rolloutsKey, id], board),
    onSettled: () => void client.invalidateQueries({ queryKey: rolloutsKey }),
  });
}
