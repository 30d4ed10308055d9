/** Said where a block of another kind stands among certificates: what may have been a key is stored nowhere, and is known to more than should know it. */
export function noCertificate(label: string): string {
  return `A block of '${label}' is no certificate. Nothing was stored. Where it was a private key, it has left the place where it belongs: replace it.`;
}
