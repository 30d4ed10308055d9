/** The certificate's files, looked at while we run: a renewed one is served without a restart. */
import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { ServerCertificate } from '@sallyport/http-api';
import type { CertificateFiles } from './configuration.ts';

/** Several writes are one change (milliseconds). */
const settleMilliseconds = 300;
/** Some file systems do not tell of changes (milliseconds). */
const lookMilliseconds = 10_000;

/** Both files as they are now; throws where one cannot be read. */
export function readCertificateFiles(files: CertificateFiles): ServerCertificate {
  return { certificatePem: readFileSync(files.certificate, 'utf8'), keyPem: readFileSync(files.key, 'utf8') };
}

export interface CertificateWatch {
  close(): void;
}

/**
 * Calls `changed` with both texts when either has become another. Folders are watched, not files: renewals replace
 * files by renaming. A half-done renewal is told as it stands, and again when it is whole.
 */
export function watchCertificateFiles(
  files: CertificateFiles,
  first: ServerCertificate,
  changed: (certificate: ServerCertificate) => void,
  unreadable: (error: Error) => void,
): CertificateWatch {
  let last = first;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    let now: ServerCertificate;
    try {
      now = readCertificateFiles(files);
    } catch (error) {
      unreadable(error as Error);
      return;
    }
    if (now.certificatePem === last.certificatePem && now.keyPem === last.keyPem) return;
    last = now;
    changed(now);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, settleMilliseconds);
  };
  const watchers = [...new Set([dirname(files.certificate), dirname(files.key)])].map((folder) =>
    watchFolder(folder, soon),
  );
  const regularly = setInterval(look, lookMilliseconds);
  regularly.unref();
  return {
    close: () => {
      clearTimeout(timer);
      clearInterval(regularly);
      for (const watcher of watchers) watcher?.close();
    },
  };
}

function watchFolder(folder: string, heard: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, heard);
    // The regular look goes on without it.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
