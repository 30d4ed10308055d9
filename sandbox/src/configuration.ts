/** What the environment says about the sandbox, read once. */
import { join, resolve } from 'node:path';

export interface SandboxConfiguration {
  /** Absolute path; the sandbox keeps its things in `sandbox/` below it. */
  readonly dataDirectory: string;
  /** Port of the enforcing proxy; 0 takes a free one. */
  readonly proxyPort: number;
  /** Port of control, CRL and OCSP; 0 takes the one that was free last time, or a free one. */
  readonly controlPort: number;
  readonly issueCount: number;
  readonly seed: number;
  readonly changesPerMinute: number;
  /** Search finds a change at most so much later. */
  readonly indexLagMilliseconds: number;
  /** Folder with answers of real installations; it need not be there. */
  readonly samplesFolder: string;
}

/** Thrown for a setting that makes no sense; the message is for the person who made it. */
export class SandboxConfigurationError extends Error {
  readonly code = 'configuration';
}

const mostIssues = 1_000_000;

export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): SandboxConfiguration {
  const number = (name: string, fallback: number, greatest: number): number => {
    const text = environment[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0 || value > greatest)
      throw new SandboxConfigurationError(`${name} is '${text}'; it must be a whole number from 0 to ${greatest}`);
    return value;
  };
  const repository = join(import.meta.dirname, '../..');
  const webPort = number('SALLYPORT_PORT', 8443, 65_535);
  const proxyPort = number('SALLYPORT_SANDBOX_PORT', webPort === 0 ? 0 : webPort + 1, 65_534);
  return {
    dataDirectory: resolve(environment.SALLYPORT_DATA ?? join(repository, '.sallyport')),
    proxyPort,
    controlPort: proxyPort === 0 ? 0 : proxyPort + 1,
    issueCount: number('SALLYPORT_SANDBOX_ISSUES', 2000, mostIssues),
    seed: number('SALLYPORT_SANDBOX_SEED', 20_261_124, 2 ** 32 - 1),
    changesPerMinute: number('SALLYPORT_SANDBOX_CHANGES_PER_MINUTE', 12, 60_000),
    indexLagMilliseconds: number('SALLYPORT_SANDBOX_INDEX_LAG', 1000, 60_000),
    samplesFolder: resolve(environment.SALLYPORT_SANDBOX_SAMPLES ?? join(repository, '../shared/jira-samples')),
  };
}
