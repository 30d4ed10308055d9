/** `812 bytes`, `4.2 kB`, `38 MB`: decimal, as files are sold. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  for (const [unit, size] of [
    ['MB', 1_000_000],
    ['kB', 1000],
  ] as const) {
    if (bytes >= size) {
      const count = bytes / size;
      return `${count < 10 ? count.toFixed(1) : Math.round(count)} ${unit}`;
    }
  }
  return `${bytes} bytes`;
}
