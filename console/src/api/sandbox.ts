import type { ConnectionDetail, Sandbox, SwitchFault } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { connectionsKey, sandboxKey } from './query-keys.ts';
import { request } from './request.ts';

/** Whether a sandbox runs here, where it is, and which faults are on. */
export function useSandbox() {
  return useQuery({
    queryKey: sandboxKey,
    queryFn: ({ signal }) => request<Sandbox>('GET', '/sandbox', undefined, signal),
    refetchInterval: 15_000,
  });
}

/** Writes down the terms of a connection to the sandbox. */
export function useConnectSandbox() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<ConnectionDetail>('POST', '/sandbox/connection', {}),
    // Not awaited: the person goes on to the connection at once.
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: sandboxKey });
      void client.invalidateQueries({ queryKey: connectionsKey });
    },
  });
}

/** Switches a fault of the sandbox's far side; a connector carries it there. */
export function useSwitchFault() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fault: SwitchFault) => request<Sandbox>('POST', '/sandbox/faults', fault),
    onSuccess: (sandbox) => client.setQueryData(sandboxKey, sandbox),
    onSettled: () => client.invalidateQueries({ queryKey: sandboxKey }),
  });
}
