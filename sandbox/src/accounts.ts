/** Secrets of the sandbox's one account, and the instant around which its issues were made; kept over restarts. */
import { randomBytes } from 'node:crypto';
import type { PrivateFolder } from './private-files.ts';

export interface SandboxAccounts {
  readonly personalAccessToken: string;
  readonly basicPassword: string;
  /** Epoch milliseconds. */
  readonly issuesBase: number;
}

export function establishAccounts(folder: PrivateFolder, now: number): SandboxAccounts {
  const kept = folder.readJson('accounts.json');
  if (isAccounts(kept)) return kept;
  const made = {
    personalAccessToken: `SANDBOX${randomBytes(24).toString('base64url')}`,
    basicPassword: randomBytes(18).toString('base64url'),
    issuesBase: now,
  };
  folder.write('accounts.json', JSON.stringify(made));
  return made;
}

function isAccounts(value: unknown): value is SandboxAccounts {
  return (
    typeof value === 'object' &&
    value !== null &&
    'personalAccessToken' in value &&
    typeof value.personalAccessToken === 'string' &&
    'basicPassword' in value &&
    typeof value.basicPassword === 'string' &&
    'issuesBase' in value &&
    typeof value.issuesBase === 'number'
  );
}
