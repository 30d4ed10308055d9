/** Bytes of the far side as text that may stand in a document: printable characters, and no more than wanted. */
export function printableWords(bytes: Uint8Array, most: number): string {
  return Buffer.from(bytes.subarray(0, most * 4))
    .toString('utf8')
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{FFFD}]+/gu, ' ')
    .trim()
    .slice(0, most);
}
