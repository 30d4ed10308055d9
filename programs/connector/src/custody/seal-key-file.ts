/** The file of a connector's private keys, to which credentials and client keys are sealed. They never leave it and memory. */
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeSealKeyPair, sealKeyId, type SealKeyPair } from '@sallyport/store/open-sealed';

/** The key file is damaged; nothing is written over it, as what is sealed to it would be lost. */
export class SealKeyError extends Error {
  readonly code = 'seal-key';
}

/** The keys of a file: the one that is sealed to, those that came before, and one that is about to take over. */
export interface SealKeys {
  readonly current: SealKeyPair;
  readonly older: readonly SealKeyPair[];
  /** Held already, and registered when every process that reads the file has read it. */
  readonly next: { readonly key: SealKeyPair; readonly madeAt: number } | null;
}

interface WrittenKey {
  readonly publicKey: string;
  readonly privateKey: string;
}
interface WrittenKeys extends WrittenKey {
  readonly older?: readonly WrittenKey[];
  readonly next?: WrittenKey & { readonly madeAt: number };
}

/** Reads the keys, or makes one (mode 0600) where there is no file and `mayCreate` allows it. */
export async function readOrMakeSealKeys(path: string, mayCreate: boolean): Promise<SealKeys> {
  const known = await readSealKeys(path);
  if (known !== null) return known;
  if (!mayCreate) throw new SealKeyError(`There is no seal key at ${path}.`);
  const made: SealKeys = { current: await makeSealKeyPair(), older: [], next: null };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two connectors that start at once on one directory, the second reads what the first wrote.
    await writeFile(path, sealKeysText(made), { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = await readSealKeys(path);
    if (other === null)
      throw new SealKeyError(`The seal key at ${path} is being written; start again.`, { cause: error });
    return other;
  }
}

/** Null where there is no file. @throws SealKeyError */
export async function readSealKeys(path: string): Promise<SealKeys | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new SealKeyError(`The seal key at ${path} cannot be read.`, { cause: error });
  }
  try {
    const written = JSON.parse(text) as WrittenKeys;
    return {
      current: pairOf(written),
      older: (written.older ?? []).map(pairOf),
      next: written.next === undefined ? null : { key: pairOf(written.next), madeAt: Number(written.next.madeAt) },
    };
  } catch {
    // The cause would hold parts of the file.
    throw new SealKeyError(`The seal key at ${path} is damaged. Restore it from its backup.`);
  }
}

/** Replaces the file whole: on disk before it has its name, so that a crash leaves the old one or the new one. */
export async function writeSealKeys(path: string, keys: SealKeys): Promise<void> {
  const next = `${path}.new`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(sealKeysText(keys));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

function pairOf({ publicKey, privateKey }: WrittenKey): SealKeyPair {
  const pair = { publicKey: Buffer.from(publicKey, 'base64'), privateKey: Buffer.from(privateKey, 'base64') };
  if (pair.publicKey.length !== 32 || pair.privateKey.length !== 32) throw new TypeError('length');
  return { id: sealKeyId(pair.publicKey), ...pair };
}

/** The whole file, private halves in clear. */
export function sealKeysText({ current, older, next }: SealKeys): string {
  const written = ({ id, publicKey, privateKey }: SealKeyPair): WrittenKey & { readonly keyId: string } => ({
    keyId: id,
    publicKey: Buffer.from(publicKey).toString('base64'),
    privateKey: Buffer.from(privateKey).toString('base64'),
  });
  return JSON.stringify({
    ...written(current),
    ...(older.length === 0 ? {} : { older: older.map(written) }),
    ...(next === null ? {} : { next: { ...written(next.key), madeAt: next.madeAt } }),
  });
}
