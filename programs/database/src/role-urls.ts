/** The roles' connection strings as files, one for each tier, so that a tier can be given its own and no other. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoleUrls } from '@sallyport/store';

const roles = ['owner', 'web', 'connector'] as const;

export function readRoleUrls(dataDirectory: string): Partial<RoleUrls> {
  const found: { -readonly [role in keyof RoleUrls]?: string } = {};
  for (const role of roles) {
    try {
      found[role] = readFileSync(pathOf(dataDirectory, role), 'utf8').trim();
    } catch {
      // Not written yet.
    }
  }
  return found;
}

export function writeRoleUrls(dataDirectory: string, urls: RoleUrls): void {
  mkdirSync(join(dataDirectory, 'secrets'), { recursive: true, mode: 0o700 });
  for (const role of roles) {
    const path = pathOf(dataDirectory, role);
    writeFileSync(`${path}.new`, `${urls[role]}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
}

function pathOf(dataDirectory: string, role: keyof RoleUrls): string {
  return join(dataDirectory, 'secrets', `${role}-database-url`);
}
