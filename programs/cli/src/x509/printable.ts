/** Texts of certificates, made fit for a terminal. */

/** One line without control characters: whoever wrote a certificate must neither write to the terminal nor add lines to an answer. */
export function printable(value: unknown): string {
  return String(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
