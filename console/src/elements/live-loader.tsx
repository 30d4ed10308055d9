import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from './problem-notice.tsx';
import { Waiting } from './waiting.tsx';

interface LiveLoaderProperties<Answer> {
  readonly query: UseQueryResult<Answer>;
  readonly what: string;
  readonly children: (answer: Answer) => ReactNode;
}

/** Loading, refused, or there; what was there stays visible while a later refresh fails, and the failure is told. */
export function LiveLoader<Answer>({ query, what, children }: LiveLoaderProperties<Answer>) {
  const retry = (): void => void query.refetch();
  if (query.data === undefined) {
    return query.isError ? <ProblemNotice problem={query.error} retry={retry} /> : <Waiting what={what} />;
  }
  return (
    <>
      {query.isError ? <ProblemNotice problem={query.error} retry={retry} /> : null}
      {children(query.data)}
    </>
  );
}
