import type {
  ConnectionRevocation,
  PushedCrl,
  ReplayAnswer,
  RevocationSource,
  Softening,
} from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { connectionsKey, revocationSourcesKey, softeningsKey } from './query-keys.ts';
import { request } from './request.ts';

const refreshMilliseconds = 5000;

interface Listed<Item> {
  readonly items: readonly Item[];
}

/** What every host of connectors holds of every authority. */
export function useRevocationSources() {
  return useQuery({
    queryKey: revocationSourcesKey,
    queryFn: async ({ signal }) =>
      (await request<Listed<RevocationSource>>('GET', '/revocation-sources', undefined, signal)).items,
    refetchInterval: refreshMilliseconds,
  });
}

/** Asks the hosts to fetch one source now; when they have, the list says so. */
export function useFetchSource() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<unknown>('POST', `/revocation-sources/${id}/fetch`, {}),
    onSettled: () => void client.invalidateQueries({ queryKey: revocationSourcesKey }),
  });
}

/** Emergency softenings, the newest first. */
export function useSoftenings() {
  return useQuery({
    queryKey: softeningsKey,
    queryFn: async ({ signal }) =>
      (await request<Listed<Softening>>('GET', '/revocation-softenings', undefined, signal)).items,
    refetchInterval: refreshMilliseconds,
  });
}

/** Proposes one: nothing is softer until a second person approves it. */
export function useProposeSoftening() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: { authority: string; reason: string; hours: number }) =>
      request<Softening>('POST', '/revocation-softenings', wish),
    onSettled: () => void client.invalidateQueries({ queryKey: softeningsKey }),
  });
}

/** Approves or ends one. */
export function useSofteningDeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, deed }: { id: string; deed: 'approve' | 'end' }) =>
      request<Softening>('POST', `/revocation-softenings/${id}/${deed}`, {}),
    onSettled: () => void client.invalidateQueries({ queryKey: softeningsKey }),
  });
}

/** What answers about revocation for one connection, and what was pushed for it. */
export function useConnectionRevocation(connectionId: string) {
  return useQuery({
    queryKey: [...connectionsKey, connectionId, 'revocation'],
    queryFn: ({ signal }) =>
      request<ConnectionRevocation>('GET', `/connections/${connectionId}/revocation`, undefined, signal),
    refetchInterval: refreshMilliseconds,
  });
}

/** Brings the CRL of an agreed private authority. */
export function usePushCrl(connectionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (crl: string) => request<PushedCrl>('POST', `/connections/${connectionId}/crls`, { crl }),
    onSettled: () => void client.invalidateQueries({ queryKey: [...connectionsKey, connectionId, 'revocation'] }),
  });
}

/** Rules that every connection in use can be tried with. */
export interface TriedRules {
  readonly revocation?: 'hard';
  readonly revocationRules?: { readonly graceHours: number };
  readonly tlsPolicy?: 'tls12-four';
}

/** Judges stored chains as if a rule held for every connection in use; nothing is dialled and nothing changes. */
export function useReplay() {
  return useMutation({
    mutationFn: (change: TriedRules) => request<ReplayAnswer>('POST', '/replays', { change }),
  });
}
