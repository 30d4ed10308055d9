/** What is not mutated in `src/path` and `src/revocation`, each with its reason; Stryker counts and lists it apart from the score. */
import type { NodePath } from '@stryker-mutator/api/ignore';

/** As much of Babel's syntax tree as is looked at. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly operator?: string;
  readonly left?: Node;
  readonly right?: Node;
  readonly test?: Node;
  readonly consequent?: Node;
  readonly alternate?: Node | null;
  readonly argument?: Node | null;
  readonly key?: Node;
  readonly id?: Node | null;
  readonly callee?: Node;
  readonly property?: Node;
  readonly arguments?: readonly Node[];
}

interface Path extends NodePath {
  readonly node: Node;
  readonly parent: Node | null;
}

/** Functions that make sentences and evidence. */
const shown = new Set([
  'evidenceOf',
  'refusalSentence',
  'ago',
  'show',
  'showSubject',
  'showReason',
  'withContradiction',
  'withIgnored',
]);
/** Calls whose arguments, from the second on, are a place, a sentence and evidence: the first, the code, is mutated. */
const reporting = new Set(['fail', 'add', 'obstacle', 'fault', 'unreadableSource']);

/** @returns null where it is mutated */
export function reasonToIgnore(path: NodePath): string | undefined {
  const { node, parent } = path as Path;
  if (node.type === 'TemplateLiteral') return 'a sentence for people';
  if (node.type === 'StringLiteral' && typeof node.value === 'string' && /\s/.test(node.value))
    return 'a sentence for people, or the section of a standard';
  if (node.type === 'FunctionDeclaration' && shown.has(node.id?.name ?? '')) return 'makes what is shown only';
  if (node.type === 'VariableDeclarator' && node.id?.name === 'evidence') return 'evidence is shown only';
  if (node.type === 'ObjectProperty' && node.key?.name === 'evidence') return 'evidence is shown only';
  if (node.type === 'ObjectExpression' && parent?.type === 'CallExpression' && isReporting(parent))
    return 'evidence is shown only';
  if (node.type === 'IfStatement' && isForTypesOnly(node))
    return 'cannot happen: an element of a list that is known to be there, asked for by the type checker';
  return undefined;
}

function isReporting({ callee }: Node): boolean {
  return reporting.has(callee?.name ?? callee?.property?.name ?? '');
}

/** `if (x === undefined || y === undefined) return;` and the like: no code, no value but null or false. */
function isForTypesOnly({ test, consequent, alternate }: Node): boolean {
  if (alternate != null || test === undefined || !isAbsence(test)) return false;
  if (consequent?.type === 'ContinueStatement') return true;
  if (consequent?.type !== 'ReturnStatement') return false;
  const value = consequent.argument;
  return value == null || value.type === 'NullLiteral' || (value.type === 'BooleanLiteral' && value.value === false);
}

function isAbsence(test: Node): boolean {
  if (test.type === 'LogicalExpression' && test.operator === '||')
    return test.left !== undefined && test.right !== undefined && isAbsence(test.left) && isAbsence(test.right);
  return (
    test.type === 'BinaryExpression' &&
    test.operator === '===' &&
    test.left?.type === 'Identifier' &&
    test.right?.name === 'undefined'
  );
}
