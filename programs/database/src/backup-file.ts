/**
 * A backup as a file: gzip over one line of JSON a record, and a last line with the SHA-256 of all before it. What must
 * be kept beside it is the connectors' seal key: without it nobody can open the sealed secrets inside.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupError, dump, restore, type BackupLine } from '@sallyport/store';

/** Writes the backup beside `path` and renames it when it is whole; gives the number of rows. An earlier backup is never written over. */
export async function writeBackup(ownerUrl: string, path: string): Promise<number> {
  if (existsSync(path)) throw new BackupError('backup-exists', `${path} is there already; name another file.`);
  const unfinished = `${path}.part`;
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    const hash = createHash('sha256');
    for await (const line of dump(ownerUrl)) {
      if ('rows' in line) rows = line.rows;
      const text = `${JSON.stringify(line)}\n`;
      hash.update(text);
      yield text;
    }
    yield `${JSON.stringify({ sha256: hash.digest('hex') })}\n`;
  }
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  return rows;
}

/** Puts a backup back, all of it or nothing; gives the number of rows. */
export async function readBackup(ownerUrl: string, path: string): Promise<number> {
  return restore(ownerUrl, checkedLines(path));
}

async function* checkedLines(path: string): AsyncGenerator<BackupLine> {
  const source = createReadStream(path);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  const hash = createHash('sha256');
  let whole = false;
  try {
    for await (const text of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line = JSON.parse(text) as BackupLine | { readonly sha256: string };
      if ('sha256' in line) {
        whole = line.sha256 === hash.digest('hex');
        break;
      }
      hash.update(`${text}\n`);
      yield line;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    throw new BackupError('backup-not-readable', 'This file is no backup of Sallyport, or it is damaged.');
  }
  if (!whole) throw new BackupError('backup-not-whole', 'The backup is cut off or was changed.');
}
