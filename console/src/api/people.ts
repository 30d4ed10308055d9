import type { Invitation, PersonList } from '@sallyport/console-api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { peopleKey } from './query-keys.ts';
import { request } from './request.ts';

/** Everybody who may sign in. */
export function usePeople() {
  return useQuery({
    queryKey: peopleKey,
    queryFn: async ({ signal }) => (await request<PersonList>('GET', '/people', undefined, signal)).items,
  });
}

/** Makes a one-time link for a further person. */
export function useInvite() {
  return useMutation({ mutationFn: () => request<Invitation>('POST', '/people/invitations') });
}
