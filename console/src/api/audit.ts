import type { AuditList } from '@sallyport/console-api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from './request.ts';

export interface HistoryOf {
  /** With the request and uploads that it came by, and the swaps that brought or took it. */
  readonly certificateId?: string;
  /** Such as `swap:<id>`. */
  readonly subjects?: readonly string[];
}

const pageSize = 20;

/** What was done with something and by whom, newest first, a page at a time. */
export function useHistory({ certificateId, subjects = [] }: HistoryOf) {
  return useInfiniteQuery({
    queryKey: ['audit', certificateId ?? null, ...subjects],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams(subjects.map((subject) => ['subject', subject]));
      search.set('limit', String(pageSize));
      if (certificateId !== undefined) search.set('certificateId', certificateId);
      if (pageParam !== '') search.set('cursor', pageParam);
      return request<AuditList>('GET', `/audit?${search.toString()}`, undefined, signal);
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: 30_000,
  });
}
