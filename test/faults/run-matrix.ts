/** Starts the far sides that the chosen rows need and runs their cases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import type { MatrixRow, FaultCase, Judgement, NotApplicable } from './fault-case.ts';
import { isApplicable } from './fault-case.ts';
import { askDoctor, type Diagnosis } from './ask-doctor.ts';
import { startSourceServer } from './authority/source-server.ts';
import { FaultWorld } from './authority/world.ts';
import { matrixRows } from './cases/matrix-rows.ts';
import { startOrigin } from './far-sides/jira-answers.ts';
import { products } from './far-sides/products.ts';
import type { FarSide } from './far-sides/site.ts';
import { checkCase, judgementOf, targetOf, toldBy } from './judge-case.ts';

export interface CaseOutcome {
  readonly row: FaultCase;
  readonly judgement: Judgement;
  /** How the far side or the source told it; null for nothing to tell. */
  readonly told: string | null;
  readonly diagnosis: Diagnosis;
  /** Milliseconds. */
  readonly took: number;
}

export interface MatrixOutcome {
  readonly cases: readonly CaseOutcome[];
  readonly notApplicable: readonly NotApplicable[];
  /** Products that are not installed here: their rows are left out. */
  readonly absent: readonly string[];
}

export interface MatrixOptions {
  /** Which rows to run. */
  readonly chosen: (row: MatrixRow) => boolean;
  /** What the doctor may do: only what no far side is asked to refuse, or all. */
  readonly probes: 'positive' | 'all';
  /** Told of each outcome as it comes. */
  readonly onCase?: (outcome: CaseOutcome) => void;
}

/** A case waits for the far side most of the time; more at once only make each slower. */
const casesAtOnce = 6;

export async function runMatrix({ chosen, probes, onCase }: MatrixOptions): Promise<MatrixOutcome> {
  const ends: (() => Promise<void>)[] = [];
  try {
    const sources = await startSourceServer();
    ends.push(sources.close);
    const world = new FaultWorld(sources.url, Date.now());
    const rows = matrixRows(world).filter(chosen);
    sources.open(world);
    const origin = await startOrigin();
    ends.push(origin.close);
    const applicable = rows.filter(isApplicable);
    const farSides = new Map<FaultCase, FarSide>();
    const absent: string[] = [];
    // All of them, also where one does not start: what was started must be ended.
    const starts = await Promise.allSettled(
      products.map(async (product) => {
        const own = applicable.filter((row) => row.product === product.name);
        if (own.length === 0) return;
        if (product.program() === null) {
          absent.push(product.name);
          return;
        }
        const running = await product.start(
          own.map(({ site }) => site),
          origin.port,
        );
        ends.push(running.end);
        for (const row of own) farSides.set(row, running.farSideOf(row.site));
      }),
    );
    for (const start of starts) if (start.status === 'rejected') throw start.reason;
    const waiting = applicable.filter((row) => farSides.has(row));
    const cases: CaseOutcome[] = [];
    const work = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
        const farSide = farSides.get(row);
        if (farSide === undefined) continue;
        const outcome = await runCase(row, farSide, world, probes);
        cases.push(outcome);
        onCase?.(outcome);
      }
    };
    await Promise.all(Array.from({ length: casesAtOnce }, work));
    return {
      cases: cases.toSorted((one, other) => applicable.indexOf(one.row) - applicable.indexOf(other.row)),
      notApplicable: rows.filter((row): row is NotApplicable => !isApplicable(row)),
      absent,
    };
  } finally {
    await Promise.all(ends.map((end) => end()));
  }
}

async function runCase(
  row: FaultCase,
  farSide: FarSide,
  world: FaultWorld,
  probes: MatrixOptions['probes'],
): Promise<CaseOutcome> {
  const began = performance.now();
  // Each case begins with nothing in hand, as a new connection does.
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-faults-revocation-'));
  const folder = openRevocationFolder({ folder: directory, lock: lockFiles(join(directory, 'locks')) });
  try {
    const data = folder.forConnection({ proxy: null, allowPrivate: true });
    const target = targetOf(row, farSide, world, data);
    const document = await checkCase(target, farSide);
    const judgement = judgementOf(document);
    const diagnosis = await askDoctor(target, farSide, probes === 'all');
    return { row, judgement, told: toldBy(document), diagnosis, took: Math.round(performance.now() - began) };
  } finally {
    folder.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
