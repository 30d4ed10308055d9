import type { EnforcerKitAnswer, EnforcerProduct } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

/** What the customer puts in place on their side, for one product. */
export function useEnforcerKit(connectionId: string, product: EnforcerProduct) {
  return useQuery({
    queryKey: [...connectionsKey, connectionId, 'enforcer', product],
    queryFn: ({ signal }) =>
      request<EnforcerKitAnswer>('GET', `/connections/${connectionId}/enforcer/${product}`, undefined, signal),
    staleTime: 60_000,
  });
}

/** Where the whole kit is as one text. */
export function enforcerTextAddress(connectionId: string, product: EnforcerProduct): string {
  return `/api/v1/connections/${connectionId}/enforcer/${product}?format=text`;
}
