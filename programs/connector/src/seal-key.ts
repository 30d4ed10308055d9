/** The connector's private key, to which credentials and client keys are sealed. It never leaves its file and memory. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeSealKeyPair, sealKeyId, type SealKeyPair } from '@sallyport/store/open-sealed';

/** The key file is damaged; nothing is written over it, as what is sealed to it would be lost. */
export class SealKeyError extends Error {
  readonly code = 'seal-key';
}

/** Reads the key, or makes it (mode 0600) where there is none and `mayCreate` allows it. */
export async function readOrMakeSealKey(path: string, mayCreate: boolean): Promise<SealKeyPair> {
  const known = await readSealKey(path);
  if (known !== null) return known;
  if (!mayCreate) throw new SealKeyError(`There is no seal key at ${path}.`);
  const pair = await makeSealKeyPair();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const text = JSON.stringify({
    keyId: pair.id,
    publicKey: Buffer.from(pair.publicKey).toString('base64'),
    privateKey: Buffer.from(pair.privateKey).toString('base64'),
  });
  try {
    // `wx`: of two connectors that start at once on one directory, the second reads what the first wrote.
    await writeFile(path, text, { mode: 0o600, flag: 'wx' });
    return pair;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = await readSealKey(path);
    if (other === null)
      throw new SealKeyError(`The seal key at ${path} is being written; start again.`, { cause: error });
    return other;
  }
}

async function readSealKey(path: string): Promise<SealKeyPair | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new SealKeyError(`The seal key at ${path} cannot be read.`, { cause: error });
  }
  try {
    const { publicKey, privateKey } = JSON.parse(text) as { publicKey: string; privateKey: string };
    const pair = { publicKey: Buffer.from(publicKey, 'base64'), privateKey: Buffer.from(privateKey, 'base64') };
    if (pair.publicKey.length !== 32 || pair.privateKey.length !== 32) throw new TypeError('length');
    return { id: sealKeyId(pair.publicKey), ...pair };
  } catch {
    // The cause would hold parts of the file.
    throw new SealKeyError(`The seal key at ${path} is damaged. Restore it from its backup.`);
  }
}
