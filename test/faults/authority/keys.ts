/** Keys of the matrix, made once for a run: certificates differ by case, keys need not. */
import { generateKeyPairSync } from 'node:crypto';

export type KeyName = 'server' | 'server-ec' | 'client' | 'stranger' | 'short' | `${string}-authority`;

const kept = new Map<string, string>();

/** PKCS #8 PEM of the key of that name. Authorities have P-256, except `rsa-authority`. */
export function keyPemOf(name: KeyName): string {
  let pem = kept.get(name);
  if (pem === undefined) {
    const { privateKey } =
      name === 'server-ec' || name === 'stranger' || (name.endsWith('-authority') && name !== 'rsa-authority')
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: name === 'short' ? 1024 : 2048 });
    pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    kept.set(name, pem);
  }
  return pem;
}
