/** What the web tier takes of a pushed CRL (bytes). */
export const largestCrlBytes = 10 * 1024 * 1024;

const pemBegin = '-----BEGIN';
/** Bytes turned into text at once: more arguments than this break some engines. */
const piece = 0x8000;

/** A CRL as the API takes it: PEM as it is, DER in base64. */
export function crlText(bytes: Uint8Array): string {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  if (beginning.startsWith(pemBegin)) return new TextDecoder().decode(bytes);
  let binary = '';
  for (let at = 0; at < bytes.length; at += piece) {
    binary += String.fromCharCode(...bytes.subarray(at, at + piece));
  }
  return btoa(binary);
}
