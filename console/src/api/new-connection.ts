import type { ChangeConnection, ConnectionDetail, NewConnection } from '@sallyport/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

/** Writes down the terms of a new connection; nothing is dialled. */
export function useCreateConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (connection: NewConnection) => request<ConnectionDetail>('POST', '/connections', connection),
    onSuccess: () => void client.invalidateQueries({ queryKey: connectionsKey }),
  });
}

/** Writes down a new version of the terms. */
export function useChangeConnection(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ChangeConnection) => request<ConnectionDetail>('PATCH', `/connections/${id}`, change),
    onSuccess: () => void client.invalidateQueries({ queryKey: connectionsKey }),
  });
}
