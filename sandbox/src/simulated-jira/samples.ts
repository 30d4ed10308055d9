/**
 * Answers of real Jira installations, where a folder with such samples lies beside the repository: search can be made to
 * answer with one of them. They are test data of others and not part of this repository.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample {
  readonly name: string;
  /** Issues as the file has them, whatever their shape. */
  readonly issues: readonly unknown[];
}

/** Those files of `folder` in which there are issues; none where there is no such folder. */
export function readSamples(folder: string): readonly Sample[] {
  let files: string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  } catch {
    return [];
  }
  return files.toSorted().flatMap((file) => {
    const issues = issuesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    return issues.length === 0 ? [] : [{ name: file.replace(/\.json$/, ''), issues }];
  });
}

/** A search page, an issue alone, or the issue inside of a web hook. */
function issuesOf(document: unknown): readonly unknown[] {
  if (typeof document !== 'object' || document === null) return [];
  if ('issues' in document && Array.isArray(document.issues)) return document.issues;
  if ('issue' in document) return [document.issue];
  return 'fields' in document && 'key' in document ? [document] : [];
}
