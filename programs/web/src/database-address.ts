import type { DatabaseAddress } from '@sallyport/no-dialling';

/** Where a PostgreSQL connection string leads: the one place that this tier may dial. */
export function databaseAddressOf(connectionString: string): DatabaseAddress {
  // `postgresql://user:password@/name?host=/folder` has no host, which URLs do not allow.
  const url = new URL(connectionString.replace('@/', '@socket/'));
  const named = url.searchParams.get('host');
  if (named?.startsWith('/') === true) return { socketDirectory: named.replace(/\/$/, '') };
  const port = Number(url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port));
  const host = named ?? url.hostname;
  return { host: host.startsWith('[') ? host.slice(1, -1) : host, port };
}
