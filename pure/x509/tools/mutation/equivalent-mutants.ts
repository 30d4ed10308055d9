/**
 * Mutants that say the same as the source, or differ in time and memory only, each with its reason. They do not count in the score. One that is
 * not a mutant any more, since the source changed, fails the run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';

export interface EquivalentMutants {
  readonly reason: string;
  /**
   * File, without its ending, to what stood there and what stands there instead; spaces count once. Where that is said of several places, a part of
   * the line follows in which it begins.
   */
  readonly mutants: Readonly<Record<string, readonly (readonly [string, string, string?])[]>>;
}

interface Listed {
  readonly key: string;
  readonly reason: string;
  readonly within: string;
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
  const listed: Listed[] = [];
  for (const { reason, mutants: files } of lists)
    for (const [file, entries] of Object.entries(files))
      for (const [original, replacement, within = ''] of entries)
        listed.push({ key: keyOf(`src/${file}.ts`, original, replacement), reason, within });
  const files = new Set(mutants.map(({ fileName }) => fileName));
  const sources = new Map([...files].map((file) => [file, readFileSync(join(home, file), 'utf8').split('\n')]));
  const found = new Set<Listed>();
  const marked = mutants.map((mutant): MutantResult => {
    const lines = sources.get(mutant.fileName) ?? [];
    const key = keyOf(mutant.fileName, originalOf(lines, mutant), mutant.replacement);
    const line = lines[mutant.location.start.line - 1] ?? '';
    const entry = listed.find((one) => one.key === key && line.includes(one.within));
    if (entry === undefined) return mutant;
    found.add(entry);
    const lives = mutant.status === 'Survived' || mutant.status === 'NoCoverage';
    return lives ? { ...mutant, status: 'Ignored', statusReason: entry.reason } : mutant;
  });
  const gone = listed
    .filter((entry) => !found.has(entry) && files.has(entry.key.slice(0, entry.key.indexOf(':'))))
    .map(({ key, within }) => (within === '' ? key : `${key} in ${within}`));
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
