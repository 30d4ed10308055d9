import type { ApiTokenList, CreatedToken } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { tokensKey } from './query-keys.ts';
import { request } from './request.ts';

/** Every API token that works, without its secret. */
export function useTokens() {
  return useQuery({
    queryKey: tokensKey,
    queryFn: async ({ signal }) => (await request<ApiTokenList>('GET', '/tokens', undefined, signal)).items,
  });
}

/** Makes a token; the answer is the only place where its secret is ever shown. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: { name: string }) => request<CreatedToken>('POST', '/tokens', token),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
}

/** Revokes a token at once. */
export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<unknown>('DELETE', `/tokens/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
}
