import type { SealKey, ServerCertificate, TakeOutSealKey } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sealKeysKey, serverCertificatesKey } from './query-keys.ts';
import { request } from './request.ts';

interface Listed<Item> {
  readonly items: readonly Item[];
}

const refreshMilliseconds = 2000;
const certificateMilliseconds = 10_000;

/** The connectors' keys, the newest first. */
export function useSealKeys() {
  return useQuery({
    queryKey: sealKeysKey,
    queryFn: async ({ signal }) => (await request<Listed<SealKey>>('GET', '/seal-keys', undefined, signal)).items,
    refetchInterval: refreshMilliseconds,
  });
}

/** Asks the connector that holds a key for another one. */
export function useReplaceSealKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<Listed<SealKey>>('POST', `/seal-keys/${id}/rotate`, {}),
    onSettled: () => void client.invalidateQueries({ queryKey: sealKeysKey }),
  });
}

/** Takes a key out of use that no running connector holds. */
export function useTakeOutSealKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: TakeOutSealKey & { readonly id: string }) =>
      request<Listed<SealKey>>('POST', `/seal-keys/${id}/take-out`, body),
    onSettled: () => void client.invalidateQueries({ queryKey: sealKeysKey }),
  });
}

/** What the web tier shows to browsers, the one that is shown now first. */
export function useServerCertificates() {
  return useQuery({
    queryKey: serverCertificatesKey,
    queryFn: async ({ signal }) =>
      (await request<Listed<ServerCertificate>>('GET', '/server-certificates', undefined, signal)).items,
    refetchInterval: certificateMilliseconds,
  });
}
