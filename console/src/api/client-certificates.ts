import type { ClientCertificateList } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { request } from './request.ts';

/** Our client certificates, without their keys. */
export function useClientCertificates() {
  return useQuery({
    queryKey: ['client-certificates'],
    queryFn: async ({ signal }) =>
      (await request<ClientCertificateList>('GET', '/client-certificates', undefined, signal)).items,
  });
}
