import type { IssueDetail, IssueFaultList, IssueList } from '@sallyport/console-api';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { connectionsKey } from './query-keys.ts';
import { queryText, request } from './request.ts';

export interface IssueFilter {
  readonly search: string;
  readonly project: string;
  readonly status: string;
}

const pageSize = 50;
/** Changes that leave the number of issues as it is show up after this time at most. */
const refreshMilliseconds = 10_000;

/** The issues that fit the filter, a page at a time; renewed whenever `stored`, the number of issues, has changed. */
export function useIssues(connectionId: string, filter: IssueFilter, stored: number) {
  const issues = useInfiniteQuery({
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
    refetchInterval: refreshMilliseconds,
    select: ({ pages }) => ({
      items: pages.flatMap((page) => page.items),
      total: pages.at(-1)?.total ?? null,
      statuses: [...new Set(pages.flatMap((page) => page.statuses))],
    }),
  });
  const { refetch } = issues;
  const shownStored = useRef(stored);
  useEffect(() => {
    if (shownStored.current === stored) return;
    shownStored.current = stored;
    void refetch();
  }, [stored, refetch]);
  return issues;
}

/** What could not be read of a connection's issues. */
export function useIssueFaults(connectionId: string) {
  return useQuery({
    queryKey: [...connectionsKey, connectionId, 'issue-faults'],
    queryFn: ({ signal }) =>
      request<IssueFaultList>('GET', `/connections/${connectionId}/issue-faults`, undefined, signal),
    refetchInterval: refreshMilliseconds,
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
