import type { SideCalendar } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { swapsKey } from './query-keys.ts';
import { request } from './request.ts';

const key = [...swapsKey, 'operator-calendar'] as const;

/** The operator's own hours and freeze periods. */
export function useOperatorCalendar() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<SideCalendar>('GET', '/swap-calendar', undefined, signal),
  });
}

/** Writes it as a whole; windows are proposed by it from then on. */
export function useChangeOperatorCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (calendar: SideCalendar) => request<SideCalendar>('PUT', '/swap-calendar', calendar),
    onSuccess: (saved) => client.setQueryData(key, saved),
    onSettled: () => void client.invalidateQueries({ queryKey: swapsKey }),
  });
}
