/** Where a person's checks keep CRLs and OCSP answers: one folder for all of them, so that a second check asks nobody. */
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import type { RevocationFolder } from '@sallyport/revocation-fetch';
import type { ForwardProxy, RevocationData } from '@sallyport/tls-dialer';
import type { TrustAnchor } from '@sallyport/x509';
import { UsageError } from './check-arguments.ts';
import type { CheckArguments } from './check-arguments.ts';

export interface OpenRevocation extends AsyncDisposable {
  /** Null where revocation is not judged. */
  readonly data: RevocationData | null;
}

/** Opens the cache, or a folder for this check alone where the user has none that can be written. @throws UsageError */
export function openRevocation(
  given: Pick<CheckArguments, 'revocation' | 'revocationFolder' | 'allowPrivate'>,
  anchors: readonly TrustAnchor[],
  proxy: ForwardProxy | null,
): OpenRevocation {
  if (given.revocation === 'off') return { data: null, [Symbol.asyncDispose]: () => Promise.resolve() };
  const opened = given.revocationFolder === null ? openCache() : openNamed(given.revocationFolder);
  return {
    // A person who asks again has perhaps just mended the source.
    data: opened.folder.forConnection({ proxy, allowPrivate: given.allowPrivate, anchors, ignoreBackOff: true }),
    [Symbol.asyncDispose]: () => {
      opened.folder.close();
      if (opened.passing !== null) rmSync(opened.passing, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

interface OpenedFolder {
  readonly folder: RevocationFolder;
  /** A folder that ends with the check. */
  readonly passing: string | null;
}

function openCache(): OpenedFolder {
  const { XDG_CACHE_HOME } = process.env;
  // The XDG specification ignores what is not absolute.
  const cache = XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache');
  try {
    return { folder: openAt(join(cache, 'sallyport', 'revocation')), passing: null };
  } catch (error) {
    if ((error as { code?: unknown }).code === undefined) throw error;
    const passing = mkdtempSync(join(tmpdir(), 'sallyport-revocation-'));
    return { folder: openAt(passing), passing };
  }
}

function openNamed(path: string): OpenedFolder {
  try {
    return { folder: openAt(path), passing: null };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === undefined) throw error;
    throw new UsageError(
      'revocation-folder',
      `The folder of revocation data ${path} cannot be used (${String(code)}).`,
    );
  }
}

function openAt(folder: string): RevocationFolder {
  return openRevocationFolder({ folder, lock: lockFiles(join(folder, 'locks')) });
}
