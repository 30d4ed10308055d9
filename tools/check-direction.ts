/**
 * The direction check: every source file mentions only what direction-rules.ts allows its room. It reads syntax, so it
 * cannot see names that are put together at run time, nor what dependencies do: for those there is the guard at run
 * time (inbound/no-dialling, outbound/no-listening) and the test that looks at the running processes' sockets.
 */
import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import {
  chanceNames,
  diallingNames,
  escapeNames,
  impureNames,
  listeningNames,
  rooms,
  socketModules,
  socketNames,
  type Room,
} from './direction-rules.ts';

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** What of `source`, standing at `path` (relative to the root, `/` as separator), the arrows refuse; empty when all is well. */
export function directionViolations(path: string, source: string): string[] {
  const room = rooms.find(({ folder }) => path.startsWith(folder));
  if (room === undefined) return [`${path}: no room of tools/direction-rules.ts holds this file`];
  const { program, module, errors } = parseSync(path, source);
  if (errors.length > 0) return [`${path}: does not parse`];
  const found: string[] = [];
  const refuse = (start: number, what: string): void => {
    found.push(`${path}:${source.slice(0, start).split('\n').length}: ${what}`);
  };
  const importOf = (specifier: string, start: number): void => {
    const refusal = importRefusal(path, room, specifier);
    if (refusal !== null) refuse(start, refusal);
  };
  for (const { moduleRequest, entries, start } of module.staticImports) {
    // What only lends its type brings no power.
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    if (!typeOnly) importOf(moduleRequest.value, start);
    for (const { importName, isType } of entries) {
      if (!isType) socketNameOf(moduleRequest.value, importName.name ?? null, start);
      if (!isType && importName.name !== null && importName.name !== undefined) nameOf(importName.name, start);
    }
  }
  for (const { entries, start } of module.staticExports) {
    for (const { moduleRequest, importName, isType } of entries) {
      if (moduleRequest === null) continue;
      importOf(moduleRequest.value, start);
      // What is handed on is taken, too.
      if (!isType) socketNameOf(moduleRequest.value, importName.name ?? null, start);
    }
  }
  visit(program as unknown as SyntaxNode, null);
  return found;

  /** Of modules that bring sockets only single, known values are taken: neither the whole module nor its classes. */
  function socketNameOf(specifier: string, name: string | null, start: number): void {
    if (!socketModules.includes(specifier.replace(/^node:/, '')) || room?.may.includes('guard')) return;
    const allowed = (['dial', 'listen'] as const).some(
      (power) => room?.may.includes(power) && name !== null && socketNames[power].includes(name),
    );
    if (!allowed) refuse(start, `takes '${name ?? 'the whole module'}' from '${specifier}'`);
  }

  function nameOf(name: string, start: number): void {
    if (name === 'connect' && room?.may.includes('connect')) return;
    if (!room?.may.includes('clock') && chanceNames.includes(name))
      refuse(start, `mentions '${name}': chance is an argument in pure/`);
    if (diallingNames.includes(name) && !room?.may.includes('dial'))
      refuse(start, `mentions '${name}': only outbound dials`);
    if (listeningNames.includes(name) && !room?.may.includes('listen'))
      refuse(start, `mentions '${name}': only inbound listens`);
    if (escapeNames.includes(name) && !room?.may.includes('escape'))
      refuse(start, `mentions '${name}', a way around this check`);
  }

  /** `Date` and `Math` may be mentioned only in the forms that take everything they give from their arguments. */
  function impurityOf(node: SyntaxNode, parent: SyntaxNode | null): void {
    if (!isFree(node, parent)) return;
    const member =
      parent?.type === 'MemberExpression' && parent.object === node && parent.computed !== true
        ? parent.property
        : null;
    if (isNamed(node, 'Date')) {
      const isMade =
        parent?.type === 'NewExpression' && parent.callee === node && (parent.arguments as unknown[]).length > 0;
      if (!isMade && !isNamed(member, 'UTC') && !isNamed(member, 'parse')) refuse(node.start, 'could read the clock');
    }
    if (isNamed(node, 'Math') && (member === null || isNamed(member, 'random')))
      refuse(node.start, 'could draw by chance');
  }

  function visit(node: SyntaxNode, parent: SyntaxNode | null): void {
    if (node.type.startsWith('TS') && /^TS(Type|Interface)/.test(node.type)) return; // types have no power
    if (node.type === 'Identifier') {
      nameOf(String(node.name), node.start);
      if (!room?.may.includes('clock') && isFree(node, parent) && impureNames.includes(String(node.name))) {
        refuse(node.start, `mentions '${String(node.name)}': clock, chance and environment are arguments in pure/`);
      }
    }
    if (node.type === 'Literal' && typeof node.value === 'string' && parent?.type === 'MemberExpression') {
      nameOf(node.value, node.start);
    }
    if (node.type === 'MemberExpression' && node.computed === true && isNamed(node.object, 'globalThis')) {
      refuse(node.start, 'reads a global by a computed name, a way around this check');
    }
    if (isNamed(node, 'Function') && isFree(node, parent)) refuse(node.start, 'makes code from text');
    if (node.type === 'ImportExpression') {
      const literal = node.source as SyntaxNode;
      if (literal.type === 'Literal' && typeof literal.value === 'string') {
        importOf(literal.value, node.start);
        socketNameOf(literal.value, null, node.start);
      } else refuse(node.start, 'imports a module that is named at run time');
    }
    if (!room?.may.includes('clock')) impurityOf(node, parent);
    for (const [field, child] of Object.entries(node)) {
      if (field === 'typeAnnotation' || field === 'typeArguments' || field === 'returnType') continue;
      for (const item of Array.isArray(child) ? child : [child]) {
        if (typeof item === 'object' && item !== null && 'type' in item) visit(item as SyntaxNode, node);
      }
    }
  }
}

function importRefusal(path: string, room: Room, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    const base = path.split('/').slice(0, -1);
    for (const step of specifier.split('/')) {
      if (step === '..') base.pop();
      else if (step !== '.') base.push(step);
    }
    const target = base.join('/');
    const home = packageFolder(path);
    return target.startsWith(home) ? null : `imports '${specifier}' past the border of ${home}: name the package`;
  }
  if (specifier.startsWith('node:')) {
    return room.node.includes(specifier.slice(5)) ? null : `may not import '${specifier}'`;
  }
  if (specifier.startsWith('@sallyport/')) {
    return room.rooms.includes(specifier) ? null : `may not import '${specifier}': see the arrows`;
  }
  const allowed = room.packages.some((name) =>
    name.endsWith('/*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  );
  return allowed ? null : `may not import '${specifier}'`;
}

/** `store/`, or the folder of a package one deeper, as `pure/x509/`. */
function packageFolder(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return ['store', 'console', 'sandbox'].includes(first) ? `${first}/` : `${first}/${second}/`;
}

function isNamed(node: unknown, name: string): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    (node as SyntaxNode).type === 'Identifier' &&
    (node as SyntaxNode).name === name
  );
}

/** A name that reaches out of the file, not the name of a member or a key. */
function isFree(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  if (parent === null) return true;
  if (parent.type === 'MemberExpression' && parent.property === node && parent.computed !== true) return false;
  if (['Property', 'PropertyDefinition', 'MethodDefinition'].includes(parent.type))
    return parent.value === node && parent.key !== node;
  return !['ImportSpecifier', 'ExportSpecifier', 'LabeledStatement'].includes(parent.type);
}

if (import.meta.main) {
  const files = globSync('{pure,outbound,inbound,store,programs,console}/**/*.{ts,tsx}', {
    exclude: (path) => /(^|\/)(node_modules|dist|vectors|generate|testing|tools)(\/|$)/.test(path),
  }).filter((path) => !/\.test\.tsx?$|\.d\.ts$|vite\.config\.ts$/.test(path));
  const found = files.flatMap((path) => directionViolations(path, readFileSync(path, 'utf8')));
  for (const line of found) console.error(line);
  console.log(`${files.length} files, ${found.length} against the direction`);
  process.exitCode = found.length === 0 && files.length > 0 ? 0 : 1;
}
