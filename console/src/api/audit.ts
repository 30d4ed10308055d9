import type { AuditEvent, AuditList } from '@sallyport/console-api';
import { useQuery } from '@tanstack/react-query';
import { request } from './request.ts';

/** As far back as a history looks: the newest events of everybody. */
export const auditEventsRead = 200;

/** Of the newest events, those about one subject; newest first. */
export function useHistory(subject: string) {
  return useQuery({
    queryKey: ['audit', 'newest'],
    queryFn: async ({ signal }) =>
      (await request<AuditList>('GET', `/audit?limit=${auditEventsRead}`, undefined, signal)).items,
    select: (events): readonly AuditEvent[] => events.filter((event) => event.subject === subject),
  });
}
