/** What the environment and the arguments of `sallyport up` say, read once. */
import { join, resolve } from 'node:path';

export interface Configuration {
  /** Absolute path; holds database, secrets, logs and the sandbox's certificates. */
  readonly dataDirectory: string;
  /** Port of the web tier; 0 takes a free one. */
  readonly port: number;
  readonly withSandbox: boolean;
  readonly repository: string;
}

export const usage = 'usage: sallyport up [--no-sandbox]';

/** Thrown for a wrong argument or setting; the message is for the person who typed it. */
export class ConfigurationError extends Error {
  readonly code = 'configuration';
}

export function readConfiguration(
  parameters: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const options = parameters.filter((parameter) => parameter !== 'up');
  const unknown = options.find((option) => option !== '--no-sandbox');
  if (unknown !== undefined) throw new ConfigurationError(`unknown option '${unknown}'; ${usage}`);
  const port = Number(environment.SALLYPORT_PORT ?? '8443');
  if (!Number.isInteger(port) || port < 0 || port > 65_533) {
    throw new ConfigurationError(
      `SALLYPORT_PORT is '${environment.SALLYPORT_PORT}'; it must be a port number up to 65533`,
    );
  }
  const database = environment.DATABASE_URL ?? '';
  if (database !== '' && !/^postgres(ql)?:\/\//.test(database)) {
    throw new ConfigurationError(
      'DATABASE_URL must be the address of a PostgreSQL, as postgres://user:password@host:5432/name',
    );
  }
  const repository = join(import.meta.dirname, '../../..');
  return {
    dataDirectory: resolve(environment.SALLYPORT_DATA ?? join(repository, '.sallyport')),
    port,
    withSandbox: !options.includes('--no-sandbox'),
    repository,
  };
}
