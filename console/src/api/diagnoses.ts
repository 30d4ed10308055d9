import type { Diagnosis, DiagnosisList } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { request } from './request.ts';

const diagnosesKey = (connectionId: string) => [...connectionsKey, connectionId, 'doctor'] as const;

/** The last runs of the doctor, newest first; those that began by themselves on a failure among them. */
export function useDiagnoses(connectionId: string) {
  return useQuery({
    queryKey: diagnosesKey(connectionId),
    queryFn: async ({ signal }) =>
      (await request<DiagnosisList>('GET', `/connections/${connectionId}/doctor?limit=20`, undefined, signal)).items,
    refetchInterval: 10_000,
  });
}

/** Lets a connector look; the answer is the finished run. */
export function useRunDoctor(connectionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (negativeProbes: boolean) =>
      request<Diagnosis>('POST', `/connections/${connectionId}/doctor`, { negativeProbes }),
    onSuccess: (found) =>
      client.setQueryData<readonly Diagnosis[]>(diagnosesKey(connectionId), (before = []) => [
        found,
        ...before.filter(({ id }) => id !== found.id),
      ]),
    // Proof of enforcement stands with the connection.
    onSettled: () => void client.invalidateQueries({ queryKey: [...connectionsKey, connectionId] }),
  });
}
