/** Turns a parsed query into a test of one issue and a comparison of two. Everything that Jira answers with 400 throws JqlError. */
import type { Issue } from '../issues/issue.ts';
import { readInstant } from './instants.ts';
import { JqlError } from './jql-error.ts';
import type { Clause, Operand, Operator, OrderTerm } from './parse.ts';
import { operatorsOf, searchFields, type SearchContext, type SearchField } from './search-fields.ts';

export type IssueTest = (issue: Issue) => boolean;
export type IssueComparison = (one: Issue, other: Issue) => number;

/** Faults of all conditions are told together, as Jira does it. */
export function compileClause(clause: Clause, context: SearchContext): IssueTest {
  const messages: string[] = [];
  const test = compile(clause, context, messages);
  if (messages.length > 0) throw new JqlError(...messages);
  return test;
}

/** null where the order does not matter to the asker. Ties are left as they are. */
export function compileOrder(order: readonly OrderTerm[]): IssueComparison | null {
  if (order.length === 0) return null;
  const comparisons = order.map(({ field, isDescending }): IssueComparison => {
    const compare = comparisonOf(field);
    return isDescending ? (one, other) => compare(other, one) : compare;
  });
  return (one, other) => {
    for (const compare of comparisons) {
      const result = compare(one, other);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function compile(clause: Clause, context: SearchContext, messages: string[]): IssueTest {
  if (clause.kind === 'not') {
    const test = compile(clause.clause, context, messages);
    return (issue) => !test(issue);
  }
  if (clause.kind === 'condition') {
    try {
      return compileCondition(clause.field, clause.operator, clause.operands, context);
    } catch (error) {
      if (!(error instanceof JqlError)) throw error;
      messages.push(...error.messages);
      return () => false;
    }
  }
  const tests = clause.clauses.map((part) => compile(part, context, messages));
  return clause.kind === 'and'
    ? (issue) => tests.every((test) => test(issue))
    : (issue) => tests.some((test) => test(issue));
}

function compileCondition(
  name: string,
  operator: Operator,
  operands: readonly Operand[],
  context: SearchContext,
): IssueTest {
  const field = searchFields.get(name);
  if (field === undefined)
    throw new JqlError(`Field '${name}' does not exist or you do not have permission to view it.`);
  if (!operatorsOf[field.kind].includes(operator))
    throw new JqlError(`The operator '${operator}' is not supported by the '${name}' field.`);
  const isEquality = operator === '=' || operator === '!=';
  if (operator === 'is' || operator === 'is not' || (isEquality && operands[0]?.kind === 'empty')) {
    const isWanted = operator === 'is' || operator === '=';
    return (issue) => isEmpty(field, issue) === isWanted;
  }
  switch (field.kind) {
    case 'choice': {
      const wanted = new Set(operands.map((operand) => field.resolve(valueOf(operand, name, context), context)));
      if (operator === '=' || operator === 'in') return (issue) => wanted.has(field.of(issue) ?? '');
      // An empty field is neither equal nor unequal to a value.
      return (issue) => {
        const value = field.of(issue);
        return value !== null && !wanted.has(value);
      };
    }
    case 'labels': {
      const wanted = new Set(operands.map((operand) => valueOf(operand, name, context)));
      const isWanted = operator === '=' || operator === 'in';
      return (issue) => {
        const labels = field.of(issue);
        return isWanted
          ? labels.some((label) => wanted.has(label))
          : labels.length > 0 && !labels.some((label) => wanted.has(label));
      };
    }
    case 'text': {
      const words = valueOf(operands[0], name, context).toLowerCase().split(/\s+/).filter(Boolean);
      const isWanted = operator === '~';
      return (issue) => {
        const text = field.of(issue).toLowerCase();
        return words.every((word) => text.includes(word.replace(/\*$/, ''))) === isWanted;
      };
    }
    case 'instant': {
      const operand = operands[0] ?? { kind: 'empty' };
      const bound = readInstant(name, operand, context.zone, context.now);
      const holds = ordering(operator);
      return (issue) => {
        const value = field.of(issue);
        return value !== null && holds(value - bound);
      };
    }
    case 'id':
      return compileId(name, operator, operands, context);
  }
}

function compileId(name: string, operator: Operator, operands: readonly Operand[], context: SearchContext): IssueTest {
  const issues = operands.map((operand) => {
    const text = valueOf(operand, name, context);
    const issue = context.findIssue(text);
    if (issue !== null) return issue;
    throw new JqlError(
      /^\d+$/.test(text)
        ? `A value with ID '${text}' does not exist for the field '${name}'.`
        : `An issue with key '${text}' does not exist for field '${name}'.`,
    );
  });
  const ids = new Set(issues.map(({ id }) => id));
  if (operator === '=' || operator === 'in') return ({ id }) => ids.has(id);
  if (operator === '!=' || operator === 'not in') return ({ id }) => !ids.has(id);
  const bound = issues[0];
  const holds = ordering(operator);
  // Keys are ordered inside of their project only.
  return (issue) => bound !== undefined && issue.project === bound.project && holds(numberOf(issue) - numberOf(bound));
}

function valueOf(operand: Operand | undefined, field: string, context: SearchContext): string {
  if (operand === undefined || operand.kind === 'empty')
    throw new JqlError(`The field '${field}' does not support EMPTY in this place; use IS EMPTY.`);
  if (operand.kind === 'value') return operand.text;
  if (operand.name === 'currentuser' && context.userName !== null) return context.userName;
  throw new JqlError(`Unable to find JQL function '${operand.name}(${operand.parameters.join(', ')})'.`);
}

function isEmpty(field: SearchField, issue: Issue): boolean {
  if (field.kind === 'labels') return field.of(issue).length === 0;
  if (field.kind === 'text') return field.of(issue) === '';
  return field.kind !== 'id' && field.of(issue) === null;
}

function ordering(operator: Operator): (difference: number) => boolean {
  if (operator === '<') return (difference) => difference < 0;
  if (operator === '<=') return (difference) => difference <= 0;
  if (operator === '>') return (difference) => difference > 0;
  if (operator === '>=') return (difference) => difference >= 0;
  return operator === '!=' ? (difference) => difference !== 0 : (difference) => difference === 0;
}

function comparisonOf(name: string): IssueComparison {
  const field = searchFields.get(name);
  if (field === undefined) {
    throw new JqlError(
      `Not able to sort using field '${name}': Field '${name}' does not exist or you do not have permission to view it.`,
    );
  }
  if (name === 'id') return (one, other) => one.id - other.id;
  switch (field.kind) {
    case 'instant':
      return (one, other) => (field.of(one) ?? Number.MAX_SAFE_INTEGER) - (field.of(other) ?? Number.MAX_SAFE_INTEGER);
    case 'id':
      return (one, other) => compareTexts(one.project.key, other.project.key) || numberOf(one) - numberOf(other);
    case 'labels':
      return (one, other) => compareTexts(field.of(one).join(' '), field.of(other).join(' '));
    default:
      return (one, other) => compareTexts(field.of(one) ?? '', field.of(other) ?? '');
  }
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function numberOf({ key }: Issue): number {
  return Number(key.slice(key.indexOf('-') + 1));
}
