import type {
  CertificateContacts,
  ChangeClientCertificate,
  CertificateExport,
  ClientCertificateDetail,
  ClientCertificateList,
} from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
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

/** Those that were ended for good, the last first. */
export function useRetiredCertificates() {
  return useQuery({
    queryKey: [...clientCertificatesKey, 'retired'],
    queryFn: async ({ signal }) => {
      const path = '/client-certificates?retired=true';
      const { items } = await request<ClientCertificateList>('GET', path, undefined, signal);
      return items
        .flatMap(({ retirement, ...certificate }) => (retirement === null ? [] : [{ ...certificate, retirement }]))
        .toSorted((one, other) => other.retirement.retiredAt.localeCompare(one.retirement.retiredAt));
    },
    refetchInterval: 60_000,
  });
}

/** One of them with its chain, the five checks and all findings; quicker until it is judged. */
export function useClientCertificate(id: string) {
  return useQuery({
    queryKey: [...clientCertificatesKey, id],
    queryFn: ({ signal }) => request<ClientCertificateDetail>('GET', `/client-certificates/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) =>
      data?.judgedAt === null || data?.correction?.state === 'waiting' ? 2000 : 30_000,
  });
}

/** Certificate, chain and private authority as one PEM file: what the far side needs to trust it. */
export function trustFileAddress(id: string): string {
  return `/api/v1/client-certificates/${id}/trust.pem`;
}

/** What may be taken away for one's own records: certificate, chain, request; never the key. */
export function useCertificateExport(id: string) {
  return useQuery({
    queryKey: [...clientCertificatesKey, id, 'export'],
    queryFn: ({ signal }) => request<CertificateExport>('GET', `/client-certificates/${id}/export`, undefined, signal),
    staleTime: 60_000,
  });
}

/** Changes what people call it and who is asked; nothing of the certificate. */
export function useDescribeCertificate(id: string) {
  return useChange(id, (body: { readonly name: string; readonly contacts?: CertificateContacts }) =>
    request<ClientCertificateDetail>('PATCH', `/client-certificates/${id}`, body),
  );
}

/** Corrects what it is judged by; a connector judges it anew before anything changes. */
export function useCorrectCertificate(id: string) {
  return useChange(id, (correction: ChangeClientCertificate) =>
    request<ClientCertificateDetail>('PATCH', `/client-certificates/${id}`, correction),
  );
}

/** Binds new connections to it from now on. */
export function useMakeDefault(id: string) {
  return useChange(id, () => request<ClientCertificateDetail>('POST', `/client-certificates/${id}/make-default`));
}

/** Ends it for good; takes the reason. */
export function useRetireCertificate(id: string) {
  return useChange(id, (reason: string) =>
    request<ClientCertificateDetail>('POST', `/client-certificates/${id}/retire`, { reason }),
  );
}

function useChange<Wish>(id: string, change: (wish: Wish) => Promise<ClientCertificateDetail>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (changed) => client.setQueryData([...clientCertificatesKey, id], changed),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: clientCertificatesKey });
      void client.invalidateQueries({ queryKey: ['audit'] });
    },
  });
}

/** The record for auditors: opened as a page, or sent as a file. */
export function recordAddress(id: string, format: 'html' | 'json', download: boolean): string {
  return `/api/v1/client-certificates/${id}/record?format=${format}${download ? '&download=true' : ''}`;
}
