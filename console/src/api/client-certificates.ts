import type { CertificateExport, ClientCertificateDetail, ClientCertificateList } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { clientCertificatesKey } from './query-keys.ts';
import { request } from './request.ts';

/** Our client certificates, without their keys. */
export function useClientCertificates() {
  return useQuery({
    queryKey: clientCertificatesKey,
    queryFn: async ({ signal }) =>
      (await request<ClientCertificateList>('GET', '/client-certificates', undefined, signal)).items,
    refetchInterval: 30_000,
  });
}

/** One of them with its chain, the five checks and all findings; quicker until it is judged. */
export function useClientCertificate(id: string) {
  return useQuery({
    queryKey: [...clientCertificatesKey, id],
    queryFn: ({ signal }) => request<ClientCertificateDetail>('GET', `/client-certificates/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data?.judgedAt === null ? 2000 : 30_000),
  });
}

/** What may be taken away for one's own records: certificate, chain, request; never the key. */
export function useCertificateExport(id: string) {
  return useQuery({
    queryKey: [...clientCertificatesKey, id, 'export'],
    queryFn: ({ signal }) => request<CertificateExport>('GET', `/client-certificates/${id}/export`, undefined, signal),
    staleTime: 60_000,
  });
}
