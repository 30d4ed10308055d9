import type { Rollout, RolloutBoard, RolloutLetters, RolloutPreview } from '@sallyport/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { rolloutsKey, swapsKey } from './query-keys.ts';
import { request } from './request.ts';

/** Rollouts, newest first. */
export function useRollouts() {
  return useQuery({
    queryKey: rolloutsKey,
    queryFn: async ({ signal }) => (await request<{ items: Rollout[] }>('GET', '/rollouts', undefined, signal)).items,
    refetchInterval: 10_000,
  });
}

const manyMembers = 200;

/** One rollout as a board; every two seconds until it is at its end, more slowly where it has hundreds of connections. */
export function useRollout(id: string) {
  return useQuery({
    queryKey: [...rolloutsKey, id],
    queryFn: ({ signal }) => request<RolloutBoard>('GET', `/rollouts/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined) return 2000;
      if (data.state === 'done' || data.state === 'cancelled') return false;
      return data.members.length > manyMembers ? 5000 : 2000;
    },
  });
}

/** For each customer that does not trust the next certificate yet, a text ready to send; asked for when somebody looks. */
export function useRolloutLetters(id: string, wanted: boolean) {
  return useQuery({
    queryKey: [...rolloutsKey, id, 'letters'],
    queryFn: async ({ signal }) =>
      (await request<RolloutLetters>('GET', `/rollouts/${id}/letters`, undefined, signal)).items,
    enabled: wanted,
    refetchInterval: 15_000,
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

/** What a preview depends on. */
export interface PreviewWish {
  readonly certificateId: string;
  readonly replaces?: string;
  readonly emergency: boolean;
  readonly hours: number;
  readonly windowStartsAt?: string;
  readonly windowEndsAt?: string;
  readonly changeNumber?: string;
}

/** What a rollout would be; what was shown stays while another window is judged. Null asks for nothing. */
export function useRolloutPreview(wish: PreviewWish | null) {
  return useQuery({
    queryKey: [...rolloutsKey, 'preview', wish],
    queryFn: ({ signal }) => request<RolloutPreview>('POST', '/rollouts/preview', wish, signal),
    enabled: wish !== null,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export function useProposeRollout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => request<RolloutBoard>('POST', '/rollouts', body),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: rolloutsKey });
      void client.invalidateQueries({ queryKey: swapsKey });
    },
  });
}
