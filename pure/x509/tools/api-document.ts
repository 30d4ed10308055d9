/** `node pure/x509/tools/api-document.ts`: writes API.md from the doc comments of what index.ts exports. A test fails when it is out of date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(home, 'API.md');

interface Exported {
  readonly name: string;
  readonly file: string;
}

/** Names that a file exports from others, in its order; `export *` is followed. */
function exportsOf(file: string): readonly Exported[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^export (?:type )?(?:\{([^}]*)\}|\*) from '([^']+)';/gm)].flatMap(([, names, from]) => {
    const source = join(dirname(file), from ?? '');
    if (names === undefined) return exportsOf(source);
    return names.split(',').flatMap((name) => (name.trim() === '' ? [] : [{ name: name.trim(), file: source }]));
  });
}

/** Doc comment and head of a declaration. */
function declarationOf({ name, file }: Exported): { comment: string; head: string } {
  const lines = readFileSync(file, 'utf8').split('\n');
  const start = lines.findIndex((line) =>
    new RegExp(`^export (?:abstract )?(?:class|function|interface|type|const) ${name}\\b`).test(line),
  );
  if (start === -1) return { comment: '', head: name };
  let above = start;
  if (lines[start - 1]?.trimEnd().endsWith('*/') === true) {
    above = start - 1;
    while (above > 0 && lines[above]?.trimStart().startsWith('/**') !== true) above--;
  }
  const comment = lines
    .slice(above, start)
    .map((line) => line.replace(/^\s*\/?\*+\/?\s?/, '').replace(/\s*\*\/\s*$/, ''))
    .join(' ')
    .trim();
  let end = start;
  // A function's or class's head ends with its brace; the rest is told whole, up to its end.
  if (/^export (?:interface|type|const)/.test(lines[start] ?? ''))
    while (end < lines.length && !/^(?:\}|.*;$)/.test(lines[end] ?? '')) end++;
  else while (end < lines.length && !/\{\s*$/.test(lines[end] ?? '')) end++;
  const head = lines
    .slice(start, end + 1)
    .join('\n')
    .replace(/\s*\{\s*$/, '')
    .replace(/^export /, '');
  return { comment, head: head.length > 1500 ? `${head.slice(0, 1500)}…` : head };
}

export function apiDocument(): string {
  const parts = exportsOf(join(home, 'src/index.ts')).map((exported) => {
    const { comment, head } = declarationOf(exported);
    return `## ${exported.name}\n\n${comment === '' ? '' : `${comment}\n\n`}\`\`\`ts\n${head}\n\`\`\`\n\n<sub>${relative(home, exported.file)}</sub>\n`;
  });
  return `# API of @sallyport/x509\n\nWritten from the comments of the source; do not edit.\n\n${parts.join('\n')}`;
}

export const writtenApiDocument = (): string => (existsSync(target) ? readFileSync(target, 'utf8') : '');

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, apiDocument());
