import type { ServerCertificate, Swap } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { swapsKey } from './query-keys.ts';
import { request } from './request.ts';

/** Swaps that are under way and belong to no rollout: those of rollouts stand on their boards. */
export function useSwapsAlone() {
  return useQuery({
    queryKey: [...swapsKey, 'alone'],
    queryFn: async ({ signal }) =>
      (await request<{ items: Swap[] }>('GET', '/swaps?open=true&alone=true', undefined, signal)).items,
    refetchInterval: 15_000,
  });
}

/** Swaps at which nothing goes on: the last of a connection that went back, and what a rollout that is over left blocked. */
export function useStrandedSwaps() {
  return useQuery({
    queryKey: [...swapsKey, 'stranded'],
    queryFn: async ({ signal }) =>
      (await request<{ items: Swap[] }>('GET', '/swaps?stranded=true', undefined, signal)).items,
    refetchInterval: 15_000,
  });
}

/** What the web tier itself shows to browsers, what it shows now first. */
export function useServerCertificates() {
  return useQuery({
    queryKey: ['server-certificates'],
    queryFn: async ({ signal }) => {
      const { items } = await request<{ items: ServerCertificate[] }>('GET', '/server-certificates', undefined, signal);
      return items.toSorted((one, other) => other.shownSince.localeCompare(one.shownSince));
    },
    refetchInterval: 60_000,
  });
}
