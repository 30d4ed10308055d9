/**
 * Mutants that say the same as the source, or differ in time and memory only, each with its reason. They do not count in the score. One that is
 * not a mutant any more, since the source changed, fails the run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';

export interface EquivalentMutants {
  readonly reason: string;
  /** File, without its ending, to pairs of what stood there and what stands there instead; spaces count once. */
  readonly mutants: Readonly<Record<string, readonly (readonly [string, string])[]>>;
}

export interface Excused {
  readonly mutants: readonly MutantResult[];
  /** Listed, and no mutant of the sources that were mutated. */
  readonly gone: readonly string[];
}

const keyOf = (file: string, original: string, replacement: string): string =>
  `${file}: ${original.replaceAll(/\s+/g, ' ')} → ${replacement.replaceAll(/\s+/g, ' ')}`;

/** Marks those that live and are listed as ignored, with the reason. @param home folder of the package */
export function excuse(home: string, mutants: readonly MutantResult[], lists: readonly EquivalentMutants[]): Excused {
  const listed = new Map<string, string>();
  for (const { reason, mutants: files } of lists)
    for (const [file, pairs] of Object.entries(files))
      for (const [original, replacement] of pairs) listed.set(keyOf(`src/${file}.ts`, original, replacement), reason);
  const files = new Set(mutants.map(({ fileName }) => fileName));
  const sources = new Map([...files].map((file) => [file, readFileSync(join(home, file), 'utf8').split('\n')]));
  const found = new Set<string>();
  const marked = mutants.map((mutant): MutantResult => {
    const key = keyOf(mutant.fileName, originalOf(sources.get(mutant.fileName) ?? [], mutant), mutant.replacement);
    const reason = listed.get(key);
    if (reason === undefined) return mutant;
    found.add(key);
    const lives = mutant.status === 'Survived' || mutant.status === 'NoCoverage';
    return lives ? { ...mutant, status: 'Ignored', statusReason: reason } : mutant;
  });
  const gone = [...listed.keys()].filter((key) => !found.has(key) && files.has(key.slice(0, key.indexOf(':'))));
  return { mutants: marked, gone };
}

/** The text that was replaced; lines and columns count from 1. */
export function originalOf(
  lines: readonly string[],
  { location: { start, end } }: Pick<MutantResult, 'location'>,
): string {
  const taken = lines.slice(start.line - 1, end.line);
  return taken
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === taken.length - 1 ? end.column - 1 : line.length),
    )
    .join('\n');
}
