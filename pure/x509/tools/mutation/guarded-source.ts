/**
 * Makes parts of a source removable by a switch: every statement that refuses something (it returns, throws or reports a code `X509_…`, or ends the
 * budget), and the body of every decision that is named. A part switched off is as if the rule's author had forgotten it; the tests must notice.
 */
import { parseSync } from 'oxc-parser';
import type { Decision } from './decisions.ts';

/** What can be switched off. */
export interface RemovablePart {
  /** File, and name or place in it. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly kind: 'decision' | 'refusal';
  /** Name of the decision, or the codes that stand in the refusal. */
  readonly what: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Name of the switch's function in the global object. */
const switchName = 'keepsRefusal';
const simpleStatements = new Set(['ReturnStatement', 'ThrowStatement', 'ExpressionStatement']);

export interface GuardedSource {
  readonly source: string;
  readonly parts: readonly RemovablePart[];
}

/** Decisions whose name is not in the source are passed over. @throws Error where it cannot be read */
export function guardSource(file: string, source: string, decisions: readonly Decision[]): GuardedSource {
  const { program, errors } = parseSync(file, source, { lang: 'ts' });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const parts: RemovablePart[] = [];
  const insertions: { at: number; text: string }[] = [];
  const add = (kind: RemovablePart['kind'], what: string, start: number): string => {
    const line = source.slice(0, start).split('\n').length;
    const id = kind === 'decision' ? `${file}: ${what}` : `${file}#${parts.length + 1}`;
    parts.push({ id, file, line, kind, what });
    return `globalThis.${switchName}(${JSON.stringify(id)})`;
  };
  const visit = (node: Node): void => {
    const body = bodyOf(node);
    const decision = body === null ? undefined : decisions.find(({ name }) => name === body.name);
    if (body !== null && decision !== undefined)
      insertions.push({
        at: body.start + 1,
        text: ` if (!${add('decision', decision.name, node.start)}) { ${decision.instead} }`,
      });
    const text = simpleStatements.has(node.type) ? source.slice(node.start, node.end) : '';
    const codes = new Set(text.match(/(?<=')X509_[A-Z0-9_]+(?=')|(?<=BudgetExhausted\(')\w+/g));
    if (codes.size > 0) {
      // In braces, so that an else that follows stays with its own if.
      insertions.push({ at: node.start, text: `{ if (${add('refusal', [...codes].join(', '), node.start)}) ` });
      insertions.push({ at: node.end, text: ' }' });
      return;
    }
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) value.filter(isNode).forEach(visit);
      else if (isNode(value)) visit(value);
    }
  };
  visit(program as unknown as Node);
  let guarded = source;
  for (const { at, text } of insertions.toSorted((left, right) => right.at - left.at))
    guarded = guarded.slice(0, at) + text + guarded.slice(at);
  return { source: guarded, parts };
}

/** Name and start of the body of a function, a method, or a function that is the value of a property. */
function bodyOf(node: Node): { name: string; start: number } | null {
  const named = { FunctionDeclaration: 'id', MethodDefinition: 'key', Property: 'key' }[node.type];
  const name = named === undefined ? null : node[named];
  const holder = node.type === 'FunctionDeclaration' ? node : node.value;
  if (!isNode(name) || !isNode(holder) || !isNode(holder.body) || typeof name.name !== 'string') return null;
  return holder.body.type === 'BlockStatement' || holder.body.type === 'FunctionBody'
    ? { name: name.name, start: holder.body.start }
    : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
