/** Texts of certificates, made fit for terminals, logs and reports. */

/** Most texts; looked at before anything is replaced. */
const plain = /^[\x20-\x7e]*$/;

/** One line without control characters: whoever wrote a certificate must neither write to the terminal nor add lines to an answer. */
export function printable(value: unknown): string {
  const text = String(value);
  if (plain.test(text)) return text;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
