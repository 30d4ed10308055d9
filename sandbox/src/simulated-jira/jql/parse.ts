/** JQL text to a tree, by recursive descent. What is not understood is refused with Jira's words, never guessed. */
import { JqlError } from './jql-error.ts';
import { positionOf, readTokens, type Token } from './tokens.ts';

export type Operand =
  | { readonly kind: 'value'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: 'function'; readonly name: string; readonly parameters: readonly string[] }
  | { readonly kind: 'empty' };

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~' | '!~' | 'in' | 'not in' | 'is' | 'is not';

export type Clause =
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly Clause[] }
  | { readonly kind: 'not'; readonly clause: Clause }
  | {
      readonly kind: 'condition';
      readonly field: string;
      readonly operator: Operator;
      readonly operands: readonly Operand[];
    };

export interface OrderTerm {
  readonly field: string;
  readonly isDescending: boolean;
}

export interface Query {
  /** null for a query without conditions: everything. */
  readonly clause: Clause | null;
  readonly order: readonly OrderTerm[];
}

/** Deeper nesting than any person writes; the descent must not exhaust the stack. */
const deepestNesting = 50;

export function parseJql(query: string): Query {
  return new Parser(query).parse();
}

class Parser {
  readonly #query: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(query: string) {
    this.#query = query;
    this.#tokens = readTokens(query);
  }

  parse(): Query {
    const clause = this.#isEnd() || this.#isWord('order') ? null : this.#disjunction();
    const order = this.#takeWord('order') ? this.#order() : [];
    if (!this.#isEnd()) throw this.#expected("either 'OR' or 'AND'");
    return { clause, order };
  }

  #disjunction(): Clause {
    this.#depth += 1;
    if (this.#depth > deepestNesting) throw new JqlError('Error in the JQL Query: it is nested too deeply.');
    const clauses = [this.#conjunction()];
    while (this.#takeWord('or') || this.#take('||') || this.#take('|')) clauses.push(this.#conjunction());
    this.#depth -= 1;
    return combine('or', clauses);
  }

  #conjunction(): Clause {
    const clauses = [this.#negation()];
    while (this.#takeWord('and') || this.#take('&&') || this.#take('&')) clauses.push(this.#negation());
    return combine('and', clauses);
  }

  #negation(): Clause {
    let isNegated = false;
    while (this.#takeWord('not') || this.#take('!')) isNegated = !isNegated;
    const clause = this.#take('(') ? this.#group() : this.#condition();
    return isNegated ? { kind: 'not', clause } : clause;
  }

  #group(): Clause {
    const clause = this.#disjunction();
    if (!this.#take(')')) throw this.#expected("')'");
    return clause;
  }

  #condition(): Clause {
    const field = this.#fieldName();
    const operator = this.#operator();
    const isList = operator === 'in' || operator === 'not in';
    const operands = isList && this.#take('(') ? this.#list() : [this.#operand()];
    const first = operands[0];
    if ((operator === 'is' || operator === 'is not') && first?.kind !== 'empty') {
      throw new JqlError(`The operator '${operator}' only supports searching for 'EMPTY' values.`);
    }
    if (isList && operands.length === 1 && first?.kind === 'value' && this.#tokens[this.#next - 1]?.text !== ')') {
      throw new JqlError(
        `Operator '${operator}' does not support the non-list value '${first.text}' for field '${field}'.`,
      );
    }
    return { kind: 'condition', field: field.toLowerCase(), operator, operands };
  }

  #fieldName(): string {
    const token = this.#token();
    if ((token.kind !== 'word' && token.kind !== 'text') || reserved.has(token.text.toLowerCase()))
      throw this.#expected('a field name');
    this.#next += 1;
    return token.text;
  }

  #operator(): Operator {
    const token = this.#token();
    const symbol = token.kind === 'operator' ? symbols.find((candidate) => candidate === token.text) : undefined;
    if (symbol !== undefined) {
      this.#next += 1;
      return symbol;
    }
    if (this.#takeWord('in')) return 'in';
    if (this.#takeWord('is')) return this.#takeWord('not') ? 'is not' : 'is';
    if (this.#isWord('not') && this.#tokens[this.#next + 1]?.text.toLowerCase() === 'in') {
      this.#next += 2;
      return 'not in';
    }
    throw this.#expected("operator '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' or 'IS NOT'");
  }

  #list(): Operand[] {
    const operands = [this.#operand()];
    while (this.#take(',')) operands.push(this.#operand());
    if (!this.#take(')')) throw this.#expected("')' or ','");
    return operands;
  }

  #operand(): Operand {
    const token = this.#token();
    if (token.kind === 'text') {
      this.#next += 1;
      return { kind: 'value', text: token.text, isQuoted: true };
    }
    if (token.kind !== 'word') throw this.#expected('either a value, list or function');
    this.#next += 1;
    const lower = token.text.toLowerCase();
    if (lower === 'empty' || lower === 'null') return { kind: 'empty' };
    if (reserved.has(lower)) {
      this.#next -= 1;
      throw this.#expected('either a value, list or function');
    }
    if (!this.#take('(')) return { kind: 'value', text: token.text, isQuoted: false };
    const parameters: string[] = [];
    while (!this.#take(')')) {
      const parameter = this.#token();
      if (parameter.kind !== 'word' && parameter.kind !== 'text') throw this.#expected("')'");
      parameters.push(parameter.text);
      this.#next += 1;
      this.#take(',');
    }
    return { kind: 'function', name: lower, parameters };
  }

  #order(): OrderTerm[] {
    if (!this.#takeWord('by')) throw this.#expected("'BY'");
    const terms: OrderTerm[] = [];
    do {
      const field = this.#fieldName().toLowerCase();
      const isDescending = this.#takeWord('desc');
      if (!isDescending) this.#takeWord('asc');
      terms.push({ field, isDescending });
    } while (this.#take(','));
    return terms;
  }

  #token(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#query.length };
  }

  #isEnd(): boolean {
    return this.#token().kind === 'end';
  }

  #isWord(word: string): boolean {
    const { kind, text } = this.#token();
    return kind === 'word' && text.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#next += 1;
    return true;
  }

  #take(symbol: string): boolean {
    const { kind, text } = this.#token();
    if ((kind !== 'operator' && kind !== 'punctuation') || text !== symbol) return false;
    this.#next += 1;
    return true;
  }

  #expected(what: string): JqlError {
    const { kind, text, at } = this.#token();
    const where = kind === 'end' ? 'before the end of the query' : `but got '${text}'`;
    return new JqlError(`Error in the JQL Query: Expecting ${what} ${where}. ${positionOf(this.#query, at)}`);
  }
}

function combine(kind: 'and' | 'or', clauses: readonly Clause[]): Clause {
  const [only] = clauses;
  return clauses.length === 1 && only !== undefined ? only : { kind, clauses };
}

const symbols: readonly Operator[] = ['=', '!=', '>=', '<=', '>', '<', '~', '!~'];
/** Words that must be quoted to be a value or a field. */
const reserved = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'order',
  'by',
  'empty',
  'null',
  'was',
  'changed',
  'select',
  'from',
  'where',
]);
