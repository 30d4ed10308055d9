/** Rollouts: one certificate for many connections, canaries for all first, then cohort by cohort. */
import { z } from 'zod';
import { instant, sha256, uuid } from './instant.ts';
import { actor } from './checks.ts';
import { swapCertificate, swapClass, swapMatching, swapRefusal, swapState } from './swaps.ts';

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
    /** Why it is blocked or went back. */
    reason: swapRefusal.nullable(),
    waitsFor: swapRefusal
      .nullable()
      .describe('What it waits for, and who can change that; null where it has moved or goes on by itself.'),
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
    /** What its connections presented when it was proposed, the most used first. */
    replaces: z.array(z.object({ certificateId: uuid, name: z.string(), connections: z.int() })),
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
      moved: z.int().describe('On the next certificate; without those that went back or are blocked after it.'),
      observed: z.int(),
      wentBack: z.int().describe('Moved and went back, or are blocked since.'),
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
    /** What its next step waits for; null where it goes on by itself or is at its end. */
    waitsFor: swapRefusal.nullable(),
    /** Who does not trust the next certificate yet, by its canary or by what it did after the move, and what was seen of each. */
    notTrusting: z.array(
      z.object({
        swapId: uuid,
        customerId: uuid,
        customerName: z.string(),
        host: z.string(),
        message: z.string(),
        /** False: it has not been tried, so nobody is to blame yet. */
        tried: z.boolean(),
      }),
    ),
    names: z
      .record(z.string(), z.string())
      .describe('Of who proposed and approved: `person:ID` or `token:ID` to name.'),
  })
  .meta({ id: 'RolloutBoard' });
export type RolloutBoard = z.infer<typeof rolloutBoard>;
export const rolloutList = z.object({ items: z.array(rollout) }).meta({ id: 'RolloutList' });

const eachOnce = (most: number) =>
  z
    .array(uuid)
    .max(most)
    .refine((ids) => new Set(ids).size === ids.length, { message: 'A connection is named twice.' });

/** POST /rollouts. */
export const proposeRollout = z
  .strictObject({
    certificateId: uuid.describe('The next certificate, of the operator.'),
    connectionIds: eachOnce(100_000)
      .min(1)
      .optional()
      .describe('In this order. All that use `replaces` when left out.'),
    replaces: uuid.optional().describe('The certificate that is replaced; the default one when left out.'),
    first: eachOnce(1000)
      .default([])
      .describe('These move before all others; each must be one of those that are moved.'),
    cohorts: z
      .array(cohortSize)
      .min(1)
      .max(20)
      .default([{ connections: 1 }, { percent: 5 }, { percent: 25 }, { percent: 100 }]),
    matching: swapMatching.optional(),
    emergency: z.boolean().default(false),
    canaryAt: instant
      .optional()
      .describe(
        'To come. Left out: at once, on the operator’s word alone, whatever the customers have said; a far side that does not trust it yet refuses.',
      ),
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

/** GET /rollouts/{id}/letters: for each customer that does not trust the next certificate yet, a text ready to send. */
export const rolloutLetters = z
  .object({
    items: z.array(
      z.object({
        customerId: uuid,
        customerName: z.string(),
        hosts: z.array(z.string()),
        /** Addresses of those who are asked, by the terms. */
        to: z.array(z.object({ name: z.string(), email: z.string() })),
        subject: z.string(),
        text: z.string(),
      }),
    ),
  })
  .meta({ id: 'RolloutLetters' });
export type RolloutLetters = z.infer<typeof rolloutLetters>;

/** POST /rollouts/preview: what a rollout would be; writes nothing. */
export const previewRollout = z
  .strictObject({
    certificateId: uuid.describe('The next certificate, of the operator.'),
    replaces: uuid.optional().describe('What most connections use when left out.'),
    connectionIds: z.array(uuid).min(1).max(100_000).optional().describe('All that use `replaces` when left out.'),
    matching: swapMatching.optional(),
    emergency: z.boolean().default(false),
    windowStartsAt: instant.optional(),
    windowEndsAt: instant.optional(),
    hours: z.number().min(0.25).max(720).default(4).describe('How long the proposed windows are.'),
    changeNumber: z.string().trim().min(1).max(100).optional(),
  })
  .meta({ id: 'PreviewRollout' });
export type PreviewRollout = z.infer<typeof previewRollout>;

export const rolloutCandidate = z
  .object({
    connectionId: uuid,
    connectionName: z.string(),
    customerId: uuid,
    customerName: z.string(),
    host: z.string(),
    class: swapClass,
    noticeDays: z.int(),
    earliestAt: instant.describe('Its window begins no earlier.'),
    customerMustApprove: z.boolean(),
    verdict: z
      .enum(['moves', 'waits', 'left-out'])
      .describe(
        'Waits: it would be in the rollout and could not move in this window. Left out: a swap of its own is under way.',
      ),
    obstacle: z
      .object({ code: z.string(), message: z.string(), actor: actor.nullable() })
      .nullable()
      .describe('Why it waits or is left out.'),
    openSwapId: uuid.nullable(),
  })
  .meta({ id: 'RolloutCandidate' });
export type RolloutCandidate = z.infer<typeof rolloutCandidate>;

export const rolloutPreview = z
  .object({
    next: swapCertificate,
    /** Why nobody could move to it; null where nothing speaks against it. */
    nextObstacle: swapRefusal.nullable(),
    /** Certificates of the operator that connections present now, the most used first. */
    inUse: z.array(
      z.object({
        certificateId: uuid,
        name: z.string(),
        notAfter: instant,
        connections: z.int(),
        unusable: z.boolean().describe('Revoked or ended: an emergency.'),
      }),
    ),
    replaces: uuid.nullable(),
    counts: z.object({
      connections: z.int(),
      moves: z.int(),
      waits: z.int(),
      leftOut: z.int(),
      customerMustApprove: z.int(),
    }),
    /** In the order in which they would move. */
    connections: z.array(rolloutCandidate),
    operatorTimeZone: z.string(),
    /** Windows in the operator's hours that suit many; the earliest first. */
    times: z.array(
      z.object({
        startsAt: instant,
        endsAt: instant,
        operatorLocal: z.string().describe('Wall-clock time in the operator’s zone.'),
        operatorLocalEnd: z.string(),
        fits: z.int().describe('How many could move in it.'),
      }),
    ),
  })
  .meta({ id: 'RolloutPreview' });
export type RolloutPreview = z.infer<typeof rolloutPreview>;
