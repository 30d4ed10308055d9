/** `sallyport seal-key [OLDFILE]`: prints the file of a new key, with those of the old file behind it, to be handed in to connectors. */
import { makeSealKeyPair } from '@sallyport/store/open-sealed';
import { readSealKeys, sealKeysText, SealKeyError, type SealKeys } from './seal-key-file.ts';

const [path, ...rest] = process.argv.slice(2);
if (rest.length > 0 || path?.startsWith('-') === true) {
  console.error('usage: sallyport seal-key [OLDFILE] > NEWFILE');
  process.exitCode = 2;
} else {
  try {
    const old = path === undefined ? null : await readSealKeys(path);
    if (path !== undefined && old === null) throw new SealKeyError(`There is no seal key at ${path}.`);
    const older = old === null ? [] : [old.current, ...(old.next === null ? [] : [old.next.key]), ...old.older];
    const keys: SealKeys = { current: await makeSealKeyPair(), older, next: null };
    process.stdout.write(`${sealKeysText(keys)}\n`);
  } catch (error) {
    console.error(`sallyport seal-key: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
