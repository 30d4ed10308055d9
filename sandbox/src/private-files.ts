/** The sandbox's folder in the data directory: 0700, every file 0600, replaced whole or not at all. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class PrivateFolder {
  readonly path: string;

  constructor(dataDirectory: string) {
    this.path = join(dataDirectory, 'sandbox');
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
  }

  write(name: string, text: string): void {
    const path = join(this.path, name);
    // Another process may read at any moment: the new file appears complete, under a name of its own first.
    const beside = `${path}.${process.pid}.new`;
    writeFileSync(beside, text, { mode: 0o600 });
    renameSync(beside, path);
  }

  /** null where there is none, or where it cannot be read as JSON: the caller makes it anew. */
  readJson(name: string): unknown {
    try {
      return JSON.parse(readFileSync(join(this.path, name), 'utf8')) as unknown;
    } catch {
      return null;
    }
  }
}
