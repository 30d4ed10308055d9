/** What the command touches of the world, so that tests can give it another. */
import { readFileSync } from 'node:fs';

export interface X509Io {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Bytes of a file, or of the standard input for `-`. May throw what the file system throws. */
  readonly read: (file: string) => Uint8Array;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export const processIo: X509Io = {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  read: (file) => readFileSync(file === '-' ? 0 : file),
  now: () => Date.now(),
};
