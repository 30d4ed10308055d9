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

/** The last swap of each connection that went back, where none was proposed after it. */
export function useSwapsThatWentBack() {
  return useQuery({
    queryKey: [...swapsKey, 'went-back'],
    queryFn: async ({ signal }) =>
      (await request<{ items: Swap[] }>('GET', '/swaps?wentBack=true', undefined, signal)).items,
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
