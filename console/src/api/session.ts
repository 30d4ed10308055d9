import type { Session } from '@sallyport/console-api';
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';
import { sessionKey } from './query-keys.ts';
import { keepCsrfToken, request } from './request.ts';

/** Who is signed in; null where nobody is. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return remember(await request<Session>('GET', '/session', undefined, signal));
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 30_000,
  });
}

/** Sign-in by e-mail address and password. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) => request<Session>('POST', '/sign-in', credentials),
    onSuccess: (session) => client.setQueryData(sessionKey, remember(session)),
  });
}

/** Ends the session and forgets every answer. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<unknown>('POST', '/sign-out', {}),
    onSuccess: () => forgetSession(client),
  });
}

/** Makes the first operator by the one-time link's token, and signs them in. */
export function useCreateFirstOperator() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (person: { token: string; name: string; email: string; password: string }) =>
      request<Session>('POST', '/first-operator', person),
    onSuccess: (session) => client.setQueryData(sessionKey, remember(session)),
  });
}

/** Requests that change something carry the session's token from now on. */
function remember(session: Session): Session {
  keepCsrfToken(session.csrfToken);
  return session;
}

/** Nobody is signed in any more: the console goes to the sign-in, and no answer of the session is kept. */
export function forgetSession(client: QueryClient): void {
  keepCsrfToken(null);
  client.setQueryData(sessionKey, null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}
