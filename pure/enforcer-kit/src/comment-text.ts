/**
 * Free text in a comment. All that could end a comment or mean something in one is replaced: line ends, a backslash
 * before the line's end (Apache goes on with the next line), `--` (XML), `$` (Apache and HAProxy expand variables).
 */
const longestComment = 200;

/** One line of letters, digits, blanks and plain punctuation; never empty. */
export function commentText(text: string): string {
  const plain = text
    .slice(0, longestComment)
    .replace(/[^\p{L}\p{N} .,:;@()/_+*=-]/gu, '?')
    .replace(/-{2,}/g, '-')
    .trim();
  return plain === '' ? '(without a name)' : plain;
}

/** Lines of comment for a product: each sentence behind its mark. */
export function commentLines(mark: '#' | ';', lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? mark : `${mark} ${line}`)).join('\n');
}
