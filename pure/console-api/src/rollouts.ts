/** Rollouts: one certificate for many connections, canaries for all first, then cohort by cohort. */
import { z } from 'zod';
import { instant, sha256, uuid } from './instant.ts';
import { swapMatching, swapRefusal, swapState } from './swaps.ts';

export const rolloutState = z.enum(['canaries', 'ready', 'moving', 'stopped', 'done', 'cancelled']);
export type RolloutState = z.infer<typeof rolloutState>;

/** How many connections a cohort moves, all before it included: a number, a share in percent, or all that are left. */
export const cohortSize = z.union([
  z.strictObject({ connections: z.int().min(1).max(100_000) }),
  z.strictObject({ percent: z.number().gt(0).max(100) }),
]);

export const rolloutMember = z
  .object({
    swapId: uuid,
    connectionId: uuid,
    connectionName: z.string(),
    customerId: uuid,
    customerName: z.string(),
    host: z.string(),
    cohort: z.int().nullable().describe('From 1; null while it is in none.'),
    state: swapState,
    stateSince: instant,
    canary: z.enum(['accepted', 'refused', 'failed']).nullable(),
    /** What it waits for, why it is blocked or went back. */
    reason: swapRefusal.nullable(),
  })
  .meta({ id: 'RolloutMember' });
export type RolloutMember = z.infer<typeof rolloutMember>;

export const rolloutCohort = z
  .object({
    number: z.int(),
    size: cohortSize,
    connections: z.int(),
    active: z.int(),
    observed: z.int(),
    failed: z.int(),
    startedAt: instant.nullable(),
    observedAt: instant.nullable(),
  })
  .meta({ id: 'RolloutCohort' });

export const rollout = z
  .object({
    id: uuid,
    certificateId: uuid,
    certificateName: z.string(),
    sha256,
    state: rolloutState,
    stateSince: instant,
    /** Why it stopped. */
    reason: swapRefusal.nullable(),
    matching: swapMatching,
    emergency: z.boolean(),
    canaryAt: instant.describe('The agreed time of the canaries.'),
    windowStartsAt: instant,
    windowEndsAt: instant,
    observationSeconds: z.int(),
    cohort: z.int().describe('The one that moves now; 0 before the first.'),
    cohorts: z.array(rolloutCohort),
    counts: z.object({
      connections: z.int(),
      canaryAccepted: z.int(),
      canaryRefused: z.int(),
      canaryFailed: z.int(),
      waiting: z.int().describe('Not tried yet.'),
      moved: z.int(),
      observed: z.int(),
      wentBack: z.int(),
    }),
    proposedBy: z.string(),
    proposedAt: instant,
    approvedBy: z.string().nullable(),
    approvedAt: instant.nullable(),
  })
  .meta({ id: 'Rollout' });
export type Rollout = z.infer<typeof rollout>;

/** GET /rollouts/{id}: the board. */
export const rolloutBoard = rollout
  .extend({
    members: z.array(rolloutMember),
    /** Connections of which a swap was under way already: they are not in it. */
    leftOut: z.array(z.string()),
    /** Who does not trust the next certificate yet, and what each is told. */
    notTrusting: z.array(z.object({ customerName: z.string(), host: z.string(), message: z.string() })),
  })
  .meta({ id: 'RolloutBoard' });
export type RolloutBoard = z.infer<typeof rolloutBoard>;
export const rolloutList = z.object({ items: z.array(rollout) }).meta({ id: 'RolloutList' });

/** POST /rollouts. */
export const proposeRollout = z
  .strictObject({
    certificateId: uuid.describe('The next certificate, of the operator.'),
    connectionIds: z
      .array(uuid)
      .min(1)
      .max(100_000)
      .optional()
      .describe('In this order. All that use `replaces` when left out.'),
    replaces: uuid.optional().describe('The certificate that is replaced; the default one when left out.'),
    first: z.array(uuid).max(1000).default([]).describe('These are in the first cohort.'),
    cohorts: z
      .array(cohortSize)
      .min(1)
      .max(20)
      .default([{ connections: 1 }, { percent: 5 }, { percent: 25 }, { percent: 100 }]),
    matching: swapMatching.optional(),
    emergency: z.boolean().default(false),
    canaryAt: instant.optional().describe('Now when left out.'),
    windowStartsAt: instant,
    windowEndsAt: instant,
    observationSeconds: z.int().min(1).max(604_800).default(900),
    changeNumber: z.string().trim().min(1).max(100).optional(),
    note: z.string().trim().max(1000).optional(),
  })
  .meta({ id: 'ProposeRollout' });

/** POST /rollouts/{id}/approve: the operator's side, for all its connections. */
export const approveRollout = z
  .strictObject({ sha256, windowStartsAt: instant, windowEndsAt: instant })
  .meta({ id: 'ApproveRollout' });
/** POST /rollouts/{id}/begin, /stop, /resume, /cancel. */
export const rolloutReason = z
  .strictObject({ reason: z.string().trim().min(1).max(1000).optional() })
  .meta({ id: 'RolloutReason' });
