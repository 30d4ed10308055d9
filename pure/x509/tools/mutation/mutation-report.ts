/** Prints what came of a mutation run: tables for people, one document for programs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { originalOf } from './equivalent-mutants.ts';
import type { TriedPart } from './rules-removed.ts';

type Folder = 'path' | 'revocation';

export interface Score {
  readonly killed: number;
  readonly total: number;
  /** Per cent, to one place. */
  readonly percent: number;
}

const detected = new Set(['Killed', 'Timeout']);
const counted = new Set(['Killed', 'Timeout', 'Survived', 'NoCoverage']);

/** A time-out counts as killed, as everywhere with Stryker: the mutant made a loop endless. What was ignored does not count. */
export function scoreOf(mutants: readonly MutantResult[], folder: Folder): Score {
  const ofFolder = mutants.filter(({ fileName, status }) => folderOf(fileName) === folder && counted.has(status));
  const killed = ofFolder.filter(({ status }) => detected.has(status)).length;
  const total = ofFolder.length;
  return { killed, total, percent: total === 0 ? 100 : percentOf(killed, total) };
}

/** To one place, never rounded up. */
function percentOf(part: number, whole: number): number {
  return Math.floor((part / whole) * 1000) / 10;
}

/** Rule files with what can be taken away in them. */
export function printRemoved(tried: readonly TriedPart[]): void {
  console.log('Rules, decisions and refusals taken away, one at a time:\n');
  row('file', 'parts', 'noticed', 'unnoticed');
  for (const file of new Set(tried.map((part) => part.file))) {
    const parts = tried.filter((part) => part.file === file);
    const noticed = parts.filter(({ noticedBy }) => noticedBy !== null).length;
    row(file, parts.length, noticed, parts.length - noticed);
  }
  const noticed = tried.filter(({ noticedBy }) => noticedBy !== null).length;
  row('all', tried.length, noticed, tried.length - noticed);
  for (const { file, line, kind, what, tests } of tried.filter(({ noticedBy }) => noticedBy === null))
    console.log(`unnoticed: ${file}:${line} ${kind} ${what} (${tests} tests reach it)`);
}

/** Files with their mutants, then every mutant that lives. */
export function printMutants(home: string, mutants: readonly MutantResult[]): void {
  console.log('\nMutants by StrykerJS:\n');
  row('file', 'killed', 'timeout', 'survived', 'not reached', 'ignored', 'score');
  const count = (of: readonly MutantResult[], status: MutantResult['status']): number =>
    of.filter((mutant) => mutant.status === status).length;
  for (const file of [...new Set(mutants.map(({ fileName }) => fileName))].toSorted()) {
    const of = mutants.filter(({ fileName }) => fileName === file);
    const [killed, timeout, survived, unreached, ignored] = [
      count(of, 'Killed'),
      count(of, 'Timeout'),
      count(of, 'Survived'),
      count(of, 'NoCoverage'),
      count(of, 'Ignored'),
    ];
    const total = killed + timeout + survived + unreached;
    const score = total === 0 ? '' : `${percentOf(killed + timeout, total)} %`;
    row(file, killed, timeout, survived, unreached, ignored, score);
  }
  console.log('');
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 160);
  for (const mutant of mutants) {
    const { fileName, location, replacement, status } = mutant;
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    const original = originalOf(readFileSync(join(home, fileName), 'utf8').split('\n'), mutant);
    console.log(`${status}: ${fileName}:${location.start.line}: ${short(original)} → ${short(replacement)}`);
  }
}

function folderOf(fileName: string): Folder | null {
  if (fileName.startsWith('src/path/')) return 'path';
  return fileName.startsWith('src/revocation/') ? 'revocation' : null;
}

function row(first: string, ...cells: readonly (string | number)[]): void {
  console.log([first.padEnd(48), ...cells.map((cell) => String(cell).padStart(11))].join(''));
}
