import type {
  CertificateRequest,
  CertificateRequestCorrection,
  CertificateUpload,
  CreateCertificateRequest,
  CreateCertificateUpload,
} from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { certificateRequestsKey, certificateUploadsKey, clientCertificatesKey } from './query-keys.ts';
import { request } from './request.ts';

/** What a schema fills in may be left out when asking. */
type Asked<Body> = Omit<Body, 'policy' | 'makeDefault'> & Partial<Pick<Body, keyof Body & ('policy' | 'makeDefault')>>;
export type UploadedFiles = CreateCertificateUpload['files'];

/** Requests whose certificate has not come back, and all before them. */
export function useCertificateRequests() {
  return useQuery({
    queryKey: certificateRequestsKey,
    queryFn: async ({ signal }) =>
      (await request<{ items: CertificateRequest[] }>('GET', '/certificate-requests', undefined, signal)).items,
    refetchInterval: 10_000,
  });
}

/** One request; quicker while a connector makes its key. */
export function useCertificateRequest(id: string) {
  return useQuery({
    queryKey: [...certificateRequestsKey, id],
    queryFn: ({ signal }) => request<CertificateRequest>('GET', `/certificate-requests/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data?.state === 'making-key' ? 1000 : 10_000),
  });
}

/** One upload; every second until a connector has opened it. */
export function useCertificateUpload(id: string) {
  return useQuery({
    queryKey: [...certificateUploadsKey, id],
    queryFn: ({ signal }) => request<CertificateUpload>('GET', `/certificate-uploads/${id}`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? 1000 : false),
  });
}

/** Calls an upload back that waits; what was sealed goes. */
export function useCancelUpload(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<CertificateUpload>('DELETE', `/certificate-uploads/${id}`),
    onSettled: () => void client.invalidateQueries({ queryKey: certificateUploadsKey }),
  });
}

/** Asks for a key that a connector makes, and the request that goes with it. */
export function useRequestCertificate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Asked<CreateCertificateRequest>) =>
      request<CertificateRequest>('POST', '/certificate-requests', body),
    onSuccess: () => void client.invalidateQueries({ queryKey: certificateRequestsKey }),
  });
}

/** Gives a request up, with the reason; its key is destroyed. */
export function useWithdrawRequest(id: string) {
  return useRequestChange(id, (reason: string) =>
    request<CertificateRequest>('POST', `/certificate-requests/${id}/withdraw`, { reason }),
  );
}

/** Corrects what the certificate to come is judged by. */
export function useCorrectRequest(id: string) {
  return useRequestChange(id, (correction: CertificateRequestCorrection) =>
    request<CertificateRequest>('PATCH', `/certificate-requests/${id}`, correction),
  );
}

function useRequestChange<Wish>(id: string, change: (wish: Wish) => Promise<CertificateRequest>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (changed) => client.setQueryData([...certificateRequestsKey, id], changed),
    onSettled: () => void client.invalidateQueries({ queryKey: certificateRequestsKey }),
  });
}

/** Brings files with certificate and key; they are sealed as they are before they are stored. */
export function useUploadCertificate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Asked<CreateCertificateUpload>) =>
      request<CertificateUpload>('POST', '/certificate-uploads', body),
    onSuccess: () => void client.invalidateQueries({ queryKey: clientCertificatesKey }),
  });
}

/** Brings what the authority made of a request. */
export function useGiveBackCertificate(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (files: UploadedFiles) =>
      request<CertificateUpload>('POST', `/certificate-requests/${requestId}/certificate`, { files }),
    onSuccess: () => void client.invalidateQueries({ queryKey: certificateRequestsKey }),
  });
}
