/** Public surface: a host's folder of CRLs and OCSP answers, fetched from what certificates name. */
export { openRevocationFolder } from './revocation-folder.ts';
export { askSources } from './ask-sources.ts';
export { noOlderThan } from './no-older-than.ts';
export { namedSources } from './named-sources.ts';
export type { NamedSources } from './named-sources.ts';
export { lockFiles } from './lock-file.ts';
export { defaultFetchLimits } from './fetch-limits.ts';
export { nextAttempt, nextRefresh } from './refresh-schedule.ts';
export type {
  AuthorityCrlAddress,
  FetchLimits,
  FetchWay,
  Holding,
  RevocationFolder,
  RevocationFolderOptions,
  SourceLock,
} from './revocation-folder-types.ts';
