/** Public surface: a host's folder of CRLs and OCSP answers, fetched from what certificates name. */
export type {
  AuthorityCrlAddress,
  FetchLimits,
  FetchWay,
  Holding,
  RevocationFolder,
  RevocationFolderOptions,
  SourceLock,
} from './revocation-folder-types.ts';
