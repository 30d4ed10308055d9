/** The token of a one-time link: `#token` or `?token=`; null where the link is not complete. */
export function linkTokenOf(address: { readonly hash: string; readonly search: string }): string | null {
  const fragment = new URLSearchParams(address.hash.slice(1));
  const named = fragment.get('token') ?? new URLSearchParams(address.search).get('token');
  if (named !== null && named !== '') return named;
  const bare = decodeURIComponent(address.hash.slice(1));
  return bare === '' || bare.includes('=') ? null : bare;
}
