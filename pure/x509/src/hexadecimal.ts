/** Bytes as lower-case hexadecimal text: serial numbers, fingerprints, key identifiers. */
const digits: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexadecimal(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += digits[byte] ?? '';
  return text;
}

/** From here on a call of the runtime is faster than a loop. */
const longRun = 128;

/** Are two runs of bytes the same? (Of public data: the time it takes tells something, and may.) */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  const length = left.length;
  if (length !== right.length) return false;
  if (length >= longRun) return Buffer.compare(left, right) === 0;
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return false;
  return true;
}
