/** Words as a sentence of its own; a command stays as it is. */
export function sentence(words: string, end = '.'): string {
  const text = words.trim();
  if (text === '' || /&&|^\//u.test(text)) return text;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?:)]$/u.test(text) ? '' : end}`;
}
