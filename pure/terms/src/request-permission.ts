/** Read-only, as a rule: which request the terms allow. The Jira client asks before each one. */
import type { Terms } from './terms.ts';

/**
 * True where the terms allow `method` on `path`, a path below the base URL without its query. `*` stands for exactly
 * one segment; nothing that decodes to another path is allowed.
 */
export function permitsRequest(terms: Terms, method: string, path: string): boolean {
  // An encoded slash or dot could name another path to the server than to this rule.
  if (/[%\\?#]/.test(path) || path.split('/').some((segment) => segment === '.' || segment === '..')) return false;
  if (method === 'POST') {
    if (!path.endsWith('/search')) return false;
  } else if (method !== 'GET') return false;
  return terms.restPaths.some((allowed) => matchesPath(allowed, path));
}

function matchesPath(allowed: string, path: string): boolean {
  if (!allowed.endsWith('/*')) return path === allowed;
  const prefix = allowed.slice(0, -1);
  const rest = path.slice(prefix.length);
  return path.startsWith(prefix) && rest !== '' && !rest.includes('/');
}
