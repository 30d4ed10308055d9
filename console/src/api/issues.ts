import type { IssueDetail, IssueList } from '@sallyport/console-api';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { connectionsKey } from './query-keys.ts';
import { queryText, request } from './request.ts';

export interface IssueFilter {
  readonly search: string;
  readonly project: string;
  readonly status: string;
}

const pageSize = 50;

/** The issues that fit the filter, a page at a time; renewed quickly while they arrive. */
export function useIssues(connectionId: string, filter: IssueFilter, running: boolean) {
  return useInfiniteQuery({
    queryKey: [...connectionsKey, connectionId, 'issues', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      request<IssueList>(
        'GET',
        `/connections/${connectionId}/issues${queryText({ ...filter, limit: pageSize, cursor: pageParam })}`,
        undefined,
        signal,
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: running ? 1500 : 10_000,
    select: ({ pages }) => ({
      items: pages.flatMap((page) => page.items),
      total: pages.at(-1)?.total ?? null,
      statuses: [...new Set(pages.flatMap((page) => page.statuses))],
    }),
  });
}

/** One issue with its changelog. */
export function useIssue(connectionId: string, remoteId: string) {
  return useQuery({
    queryKey: [...connectionsKey, connectionId, 'issues', 'one', remoteId],
    queryFn: ({ signal }) =>
      request<IssueDetail>('GET', `/connections/${connectionId}/issues/${remoteId}`, undefined, signal),
  });
}
