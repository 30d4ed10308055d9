/** What the environment says, read once. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

export interface Configuration {
  readonly dataDirectory: string;
  readonly connectorId: string;
  readonly egressGroup: string;
  readonly databaseUrl: string;
  readonly logLevel: string;
  /** Where CRLs and OCSP answers lie; connectors of a host share it. */
  readonly revocationFolder: string;
  /** Name of this host, under which the database knows what it holds. */
  readonly host: string;
  /** Where the private seal key lies: handed in by the service manager, or kept in the data directory. */
  readonly sealKeyPath: string;
  readonly sealKeyIsHandedIn: boolean;
}

/** A setting that is missing or wrong; the message is for whoever starts the program. */
export class ConfigurationError extends Error {
  readonly code = 'configuration';
}

export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const dataDirectory = resolve(environment.SALLYPORT_DATA ?? join(import.meta.dirname, '../../../.sallyport'));
  const connectorId = environment.SALLYPORT_CONNECTOR_ID ?? 'connector-1';
  const egressGroup = environment.SALLYPORT_EGRESS_GROUP ?? 'default';
  const host =
    environment.SALLYPORT_HOST ??
    (hostname()
      .replace(/[^A-Za-z0-9._-]/g, '-')
      .slice(0, 100) ||
      'host');
  for (const [name, value] of [
    ['SALLYPORT_CONNECTOR_ID', connectorId],
    ['SALLYPORT_EGRESS_GROUP', egressGroup],
    ['SALLYPORT_HOST', host],
  ] as const) {
    if (!/^[A-Za-z0-9._-]{1,100}$/.test(value))
      throw new ConfigurationError(
        `${name} is '${value}'; it may hold letters, digits, dots, hyphens and underscores.`,
      );
  }
  const credentials = environment.CREDENTIALS_DIRECTORY;
  const handedInKey = credentials === undefined ? null : join(credentials, 'seal-key.json');
  const keyIsThere = handedInKey !== null && readable(handedInKey);
  return {
    dataDirectory,
    connectorId,
    egressGroup,
    databaseUrl: readSecret(credentials, dataDirectory, 'connector-database-url'),
    logLevel: environment.SALLYPORT_LOG ?? 'info',
    revocationFolder: resolve(environment.SALLYPORT_REVOCATION_FOLDER ?? join(dataDirectory, 'revocation')),
    host,
    sealKeyPath: keyIsThere ? handedInKey : join(dataDirectory, 'connector/seal-key.json'),
    sealKeyIsHandedIn: keyIsThere,
  };
}

/** A secret that the service manager handed in, else the one in the data directory. */
function readSecret(credentials: string | undefined, dataDirectory: string, name: string): string {
  const paths = [...(credentials === undefined ? [] : [join(credentials, name)]), join(dataDirectory, 'secrets', name)];
  for (const path of paths) {
    try {
      const text = readFileSync(path, 'utf8').trim();
      if (text !== '') return text;
    } catch {
      continue;
    }
  }
  throw new ConfigurationError(`There is no ${name}; looked in ${paths.join(' and ')}. Start the database first.`);
}

function readable(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
