import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';
import { forgetSession } from './session.ts';

/** A session that has ended elsewhere is noticed at the next question, whichever it is. */
function noticeEnd(error: unknown): void {
  if (error instanceof Problem && error.code === 'not-signed-in') forgetSession(queryClient);
}

/** Keeps the API's answers; asks again only where nothing came, because a refusal will be the same the next time. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      retry: (count, error) => error instanceof Problem && (error.status === 0 || error.status >= 500) && count < 2,
      staleTime: 1000,
    },
  },
});
