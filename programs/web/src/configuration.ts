/** What the environment says to the web tier, read once. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultConnectionLimits, type ConnectionLimits, type ListeningPlace } from '@sallyport/http-api';
import { defaultTlsPolicy, tlsPolicies, type TlsPolicy } from '@sallyport/tls-policy';

export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface Configuration {
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly place: ListeningPlace;
  readonly databaseUrl: string;
  readonly policy: TlsPolicy;
  readonly limits: ConnectionLimits;
  /** Null: a certificate for localhost is made. */
  readonly certificateFiles: CertificateFiles | null;
  readonly bootstrapToken: string | null;
  readonly logLevel: string;
  readonly consoleDirectory: string;
  readonly callTimeoutMilliseconds: number;
}

/** A wrong setting; the message is for the person who set it. */
export class ConfigurationError extends Error {
  readonly code = 'configuration';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** sd_listen_fds(3): passed sockets begin at 3. */
const firstPassedSocket = 3;
const defaultPort = 8443;
/** A check dials, judges, and asks once; within this a connector has answered or is not there. */
const callTimeoutMilliseconds = 40_000;

/** Reads the environment; throws `ConfigurationError`. */
export function readConfiguration(environment: Environment): Configuration {
  const repository = join(import.meta.dirname, '../../..');
  const dataDirectory = resolve(environment.SALLYPORT_DATA ?? join(repository, '.sallyport'));
  const perAddress = whole(environment, 'SALLYPORT_WEB_CONNECTIONS_PER_ADDRESS', defaultConnectionLimits.perAddress);
  const inAll = whole(environment, 'SALLYPORT_WEB_CONNECTIONS', defaultConnectionLimits.inAll);
  return {
    dataDirectory,
    place: placeOf(environment),
    databaseUrl: secretOf(environment, dataDirectory, 'web-database-url'),
    policy: policyOf(environment),
    limits: { ...defaultConnectionLimits, perAddress, inAll },
    certificateFiles: certificateFilesOf(environment),
    bootstrapToken: environment.SALLYPORT_BOOTSTRAP_TOKEN || null,
    logLevel: environment.SALLYPORT_LOG ?? 'info',
    consoleDirectory: join(repository, 'console/dist'),
    callTimeoutMilliseconds: whole(environment, 'SALLYPORT_CALL_TIMEOUT_MILLISECONDS', callTimeoutMilliseconds),
  };
}

function placeOf(environment: Environment): ListeningPlace {
  const { LISTEN_FDS: passed, LISTEN_PID: meant } = environment;
  // LISTEN_PID says for whom; a child of the one that was meant must not take them.
  if (passed !== undefined && passed !== '0' && (meant === undefined || Number(meant) === process.pid)) {
    if (passed !== '1') throw new ConfigurationError(`LISTEN_FDS is '${passed}'; the web tier takes one socket.`);
    return { fileDescriptor: firstPassedSocket };
  }
  const port = whole(environment, 'SALLYPORT_PORT', defaultPort);
  if (port > 65_535) throw new ConfigurationError(`SALLYPORT_PORT is ${port}; ports end at 65535.`);
  return { port };
}

function policyOf(environment: Environment): TlsPolicy {
  const wanted = environment.SALLYPORT_WEB_TLS_POLICY;
  if (wanted === undefined || wanted === '') return defaultTlsPolicy;
  const policy = tlsPolicies.find(({ id }) => id === wanted);
  if (policy === undefined)
    throw new ConfigurationError(`SALLYPORT_WEB_TLS_POLICY is '${wanted}', which is no policy.`);
  return policy;
}

function certificateFilesOf(environment: Environment): CertificateFiles | null {
  const { SALLYPORT_TLS_CERTIFICATE: certificate, CREDENTIALS_DIRECTORY: credentials } = environment;
  const passedKey = credentials === undefined ? null : join(credentials, 'web.key');
  const key = environment.SALLYPORT_TLS_KEY ?? (passedKey !== null && existsSync(passedKey) ? passedKey : undefined);
  if (certificate === undefined && environment.SALLYPORT_TLS_KEY === undefined) return null;
  if (certificate === undefined || key === undefined)
    throw new ConfigurationError('SALLYPORT_TLS_CERTIFICATE and SALLYPORT_TLS_KEY belong together: set both or none.');
  return { certificate: resolve(certificate), key: resolve(key) };
}

/** From the service manager's credentials, else from the data directory. */
function secretOf(environment: Environment, dataDirectory: string, name: string): string {
  const { CREDENTIALS_DIRECTORY: credentials } = environment;
  const passed = credentials === undefined ? null : join(credentials, name);
  const path = passed !== null && existsSync(passed) ? passed : join(dataDirectory, 'secrets', name);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new ConfigurationError(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}): the database program writes it when it has started.`,
    );
  }
}

function whole(environment: Environment, name: string, otherwise: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new ConfigurationError(`${name} is '${text}'; it must be a whole number.`);
  return Number(text);
}
