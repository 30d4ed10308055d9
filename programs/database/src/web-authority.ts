/**
 * `sallyport db web-authority FILE [--allow-private]`: the private authority that the web tier's own certificate comes from, so
 * that a connector may fetch an OCSP answer for it and judge it. `none` takes it back.
 */
import { readFileSync } from 'node:fs';
import { openStore, writeSetting } from '@sallyport/store';
import { readCertificatesText } from '@sallyport/x509';

export const webAuthorityUsage = 'usage: sallyport db web-authority FILE [--allow-private] | none';

class WebAuthorityError extends Error {
  readonly code = 'web-authority-unusable';
}

/** Writes the setting and gives a sentence about it. Throws before anything is written. */
export async function setWebAuthority(ownerUrl: string, words: readonly string[]): Promise<string> {
  const value = readWebAuthority(words);
  const store = openStore({ url: ownerUrl, applicationName: 'sallyport-web-authority', maximumConnections: 1 });
  try {
    await writeSetting(store, 'web-authority', value);
  } finally {
    await store.close();
  }
  return value === null
    ? 'The web tier’s certificate is judged by the public authorities.'
    : `The web tier’s certificate is judged by this authority${value.allowPrivate ? ', and its responder may have a private address' : ''}.`;
}

/** The setting that these words ask for; null for `none`. @throws with a sentence */
export function readWebAuthority(words: readonly string[]): {
  readonly anchorsPem: string;
  readonly allowPrivate: boolean;
} | null {
  const allowPrivate = words.includes('--allow-private');
  const [file, ...others] = words.filter((word) => word !== '--allow-private');
  if (file === undefined || others.length > 0 || file.startsWith('-') || (file === 'none' && allowPrivate))
    throw new WebAuthorityError(webAuthorityUsage);
  if (file === 'none') return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new WebAuthorityError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const read = readCertificatesText(text);
  if (!read.ok)
    throw new WebAuthorityError(
      read.error === null
        ? `${file} holds a block of '${read.otherBlock}', which is no certificate; nothing was stored.`
        : `${file} holds no certificates in PEM: ${read.error.message}`,
    );
  return { anchorsPem: read.pem, allowPrivate };
}
