import type { ProposedTimes, Swap, SwapDetail, SwapPreview } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { swapsKey } from './query-keys.ts';
import { queryText, request } from './request.ts';

const finals: readonly Swap['state'][] = ['done', 'cancelled', 'rolled-back'];

/** Swaps, newest first; those of one certificate or connection where one is named. */
export function useSwaps(filter: { readonly certificateId?: string; readonly connectionId?: string } = {}) {
  return useQuery({
    queryKey: [...swapsKey, 'list', filter],
    queryFn: async ({ signal }) =>
      (await request<{ items: Swap[] }>('GET', `/swaps${queryText(filter)}`, undefined, signal)).items,
    refetchInterval: 10_000,
  });
}

/** One swap with all evidence; every second until it is at its end. */
export function useSwap(id: string) {
  return useQuery({
    queryKey: [...swapsKey, id],
    queryFn: ({ signal }) => request<SwapDetail>('GET', `/swaps/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data !== undefined && finals.includes(data.state) ? false : 1000),
  });
}

/** Windows of so many hours that suit both sides. */
export function useProposedTimes(id: string, hours: number) {
  return useQuery({
    queryKey: [...swapsKey, id, 'times', hours],
    queryFn: ({ signal }) =>
      request<ProposedTimes>('GET', `/swaps/${id}/times${queryText({ hours: String(hours) })}`, undefined, signal),
    staleTime: 30_000,
    placeholderData: (before) => before,
  });
}

export interface SwapChoice {
  readonly connectionId: string;
  readonly certificateId: string;
  readonly emergency: boolean;
}

/** What a proposal would be: its class, who approves, and windows that suit both sides; nothing without a connection. */
export function useSwapPreview({ connectionId, certificateId, emergency }: SwapChoice, hours: number) {
  const asked = { connectionId, certificateId, emergency: String(emergency), hours: String(hours) };
  return useQuery({
    // Not below the swaps: what is proposed makes the preview a refusal.
    queryKey: ['swap-preview', asked],
    queryFn: ({ signal }) => request<SwapPreview>('GET', `/swaps/preview${queryText(asked)}`, undefined, signal),
    enabled: connectionId !== '',
    staleTime: 30_000,
    retry: false,
  });
}

export interface SwapProposal extends SwapChoice {
  readonly windowStartsAt?: string;
  readonly windowEndsAt?: string;
  readonly canaryAt?: string;
  readonly observationSeconds?: number;
  readonly changeNumber?: string;
  readonly note?: string;
}

export function useProposeSwap() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SwapProposal) => request<Swap>('POST', '/swaps', body),
    onSettled: () => void client.invalidateQueries({ queryKey: swapsKey }),
  });
}

export interface SwapAsked {
  readonly verb:
    | 'trusted'
    | 'canary'
    | 'schedule'
    | 'approve'
    | 'activate'
    | 'roll-back'
    | 'finish'
    | 'resume'
    | 'cancel';
  readonly body?: object;
}

/** What people ask of a swap; connectors make the steps. The answer is what is shown next. */
export function useAskSwap(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, body = {} }: SwapAsked) => request<SwapDetail>('POST', `/swaps/${id}/${verb}`, body),
    onSuccess: (swap) => client.setQueryData([...swapsKey, id], swap),
    onSettled: () => void client.invalidateQueries({ queryKey: swapsKey }),
  });
}

/** Where the window is as an entry for a calendar. */
export function swapCalendarAddress(id: string, side: 'operator' | 'customer'): string {
  return `/api/v1/swaps/${id}/calendar.ics?side=${side}`;
}
