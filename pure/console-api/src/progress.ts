import { z } from 'zod';
import { finding } from './checks.ts';
import { instant } from './instant.ts';

/** GET /connections/{id}/progress: how far the reading is; ask again each second while `running`. */
export const syncProgress = z
  .object({
    running: z.boolean(),
    phase: z.enum(['idle', 'running', 'waiting', 'stopped']),
    /** While it waits, as Jira asked: when it goes on; null where that is not known. */
    resumesAt: instant.nullable(),
    issuesStored: z.int(),
    /** Of the sweep that runs now, by Jira's own count; null where it has not told. */
    issuesExpected: z.int().nullable(),
    sweepStored: z.int(),
    /** How far behind Jira; null before the first complete sweep. */
    lagSeconds: z.number().nullable(),
    lastRunAt: instant.nullable(),
    changesLastHour: z.int().nullable(),
    lastError: finding.nullable(),
  })
  .meta({ id: 'SyncProgress' });
export type SyncProgress = z.infer<typeof syncProgress>;
