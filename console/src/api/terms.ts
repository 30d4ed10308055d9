import type { ApproveTerms, ConnectionDetail } from '@sallyport/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

/** Address of the printable page of a connection's terms; without a version, of those that hold. */
export function termsPageAddress(connectionId: string, version?: number): string {
  const query = version === undefined ? '' : `&version=${version}`;
  return `/api/v1/connections/${connectionId}/terms?format=html${query}`;
}

/** Approves by hash the terms that wait, so that nothing else is approved than was read. */
export function useApproveTerms(connectionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (approval: ApproveTerms) =>
      request<ConnectionDetail>('POST', `/connections/${connectionId}/terms/approve`, approval),
    onSettled: () => client.invalidateQueries({ queryKey: connectionsKey }),
  });
}
