/** Words, quoted texts and operators of a JQL query, each with where it stands. */
import { JqlError } from './jql-error.ts';

export interface Token {
  readonly kind: 'word' | 'text' | 'operator' | 'punctuation' | 'end';
  readonly text: string;
  /** Offset in the query. */
  readonly at: number;
}

const operator = /^(?:!=|!~|>=|<=|=|>|<|~|!|&&|\|\||&|\|)/;
/** Characters that end a bare word. */
const word = /^[^\s=!<>~(),'"&|;?*%^$#@[\]{}\\`]+/;

/** Throws JqlError for what no query may hold: a text without end, a reserved character, a wrong escape. */
export function readTokens(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length;) {
    const rest = query.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const first = rest.charAt(0);
    if (first === '"' || first === "'") {
      const { text, length } = readText(query, at);
      tokens.push({ kind: 'text', text, at });
      at += length;
      continue;
    }
    const bare = operator.exec(rest)?.[0] ?? (/^[(),]/.test(rest) ? first : word.exec(rest)?.[0]);
    if (bare === undefined) {
      throw new JqlError(
        `Error in the JQL Query: The character '${first}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${(first.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}' instead. ${positionOf(query, at)}`,
      );
    }
    const kind = operator.test(bare) ? 'operator' : /^[(),]$/.test(bare) ? 'punctuation' : 'word';
    tokens.push({ kind, text: bare, at });
    at += bare.length;
  }
  tokens.push({ kind: 'end', text: '', at: query.length });
  return tokens;
}

/** `(line 1, character 9)`, both counted from one. */
export function positionOf(query: string, at: number): string {
  const lines = query.slice(0, at).split('\n');
  return `(line ${lines.length}, character ${(lines.at(-1)?.length ?? 0) + 1})`;
}

function readText(query: string, begin: number): { text: string; length: number } {
  const quote = query.charAt(begin);
  let text = '';
  for (let at = begin + 1; at < query.length; at += 1) {
    const character = query.charAt(at);
    if (character === quote) return { text, length: at + 1 - begin };
    if (character !== '\\') {
      text += character;
      continue;
    }
    at += 1;
    const escaped = query.charAt(at);
    const code = /^[0-9a-fA-F]{4}/.exec(query.slice(at + 1))?.[0];
    if (escaped === 'u' && code !== undefined) {
      text += String.fromCharCode(Number.parseInt(code, 16));
      at += 4;
    } else if (escapes.has(escaped)) text += escapes.get(escaped);
    else {
      throw new JqlError(
        `Error in the JQL Query: '\\${escaped}' is an illegal JQL escape sequence. The valid escape sequences are \\', \\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX. ${positionOf(query, at - 1)}`,
      );
    }
  }
  throw new JqlError(
    `Error in the JQL Query: The quoted string '${query.slice(begin + 1)}' has not been completed. ${positionOf(query, begin)}`,
  );
}

const escapes = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  [' ', ' '],
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
]);
