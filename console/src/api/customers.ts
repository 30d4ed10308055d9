import type { CustomerList } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { request } from './request.ts';

/** The customers, by name. */
export function useCustomers() {
  return useQuery({
    queryKey: ['customers'],
    queryFn: async ({ signal }) => (await request<CustomerList>('GET', '/customers', undefined, signal)).items,
  });
}
