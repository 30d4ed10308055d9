import type { ConnectionDetail, NewConnection } from '@sallyport/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

/** Writes down the terms of a new connection; nothing is dialled. */
export function useCreateConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (connection: NewConnection) => request<ConnectionDetail>('POST', '/connections', connection),
    onSuccess: () => client.invalidateQueries({ queryKey: connectionsKey }),
  });
}
