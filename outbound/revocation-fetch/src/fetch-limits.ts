/** What one source may cost us. */
import type { FetchLimits } from './revocation-folder-types.ts';

export const defaultFetchLimits: FetchLimits = {
  crlBytes: 100 * 1024 * 1024,
  ocspBytes: 64 * 1024,
  sourceMilliseconds: 10_000,
  redirects: 3,
};
