/** Swaps of a client certificate: the states, what stands in the way and who can act, evidence and approvals. */
import { z } from 'zod';
import { actor } from './checks.ts';
import { instant, sha256, uuid } from './instant.ts';

export const swapState = z.enum([
  'proposed',
  'validated',
  'trust-announced',
  'canary',
  'scheduled',
  'active',
  'observed',
  'done',
  'cancelled',
  'rolled-back',
  'blocked',
]);
export type SwapState = z.infer<typeof swapState>;

/** What the swap means for the far side. */
export const swapClass = z.enum(['no-change', 'new-intermediate', 'new-ca', 'leaf-pinned']);
export type SwapClass = z.infer<typeof swapClass>;

/** How the far side recognises us. */
export const swapMatching = z.enum(['ca-and-name', 'leaf']);

/** Why a step is not made, and who can change that. */
export const swapRefusal = z
  .object({ code: z.string(), message: z.string(), actor: actor.nullable() })
  .meta({ id: 'SwapRefusal' });
export type SwapRefusal = z.infer<typeof swapRefusal>;

export const swapCertificate = z
  .object({
    id: uuid,
    name: z.string(),
    kind: z.string(),
    sha256,
    notBefore: instant,
    notAfter: instant,
    /** Subjects of the chain, end entity first (RFC 4514). */
    chain: z.array(z.string()),
    revoked: z.boolean().nullable().describe('Null: not known.'),
  })
  .meta({ id: 'SwapCertificate' });
export type SwapCertificate = z.infer<typeof swapCertificate>;

/** What one address of the far side made of a certificate. */
export const canarySight = z
  .object({
    address: z.string().nullable().describe('Null: through the forward proxy, which resolves.'),
    outcome: z.enum(['accepted', 'refused', 'failed']),
    code: z.string().nullable(),
    message: z.string().nullable(),
    protocol: z.string().nullable(),
    suite: z.string().nullable(),
    httpStatus: z.int().nullable(),
    account: z.string().nullable(),
    handshakeId: uuid.nullable(),
    milliseconds: z.number(),
  })
  .meta({ id: 'CanarySight' });

/** Each address with the current certificate and with the next one. */
export const canaryResult = z
  .object({
    at: instant,
    connectorId: z.string(),
    verdict: z.enum(['accepted', 'refused', 'failed']),
    code: z.string().nullable(),
    message: z.string().nullable(),
    addresses: z.array(
      z.object({ address: z.string().nullable(), next: canarySight, current: canarySight.nullable() }),
    ),
    /** In what the two differ, in sentences; empty where the far side treats both alike. */
    differences: z.array(z.string()),
  })
  .meta({ id: 'CanaryResult' });
export type CanaryResult = z.infer<typeof canaryResult>;

const handshakeRate = z.object({ handshakes: z.int(), failed: z.int(), refused: z.int() });
const readRate = z.object({ made: z.int(), failed: z.int() });
export const swapObservation = z
  .object({
    since: instant,
    seconds: z.int().describe('How long it is observed at least.'),
    accepted: z.int().describe('Full handshakes with a read that were made for the observation and accepted.'),
    after: handshakeRate,
    /** Of an equal time before the activation. */
    before: handshakeRate,
    reads: z
      .object({ after: readRate, before: readRate })
      .optional()
      .describe(
        'Requests on good handshakes: made for the observation, and by the canary with the certificate before. Absent where an older version observed.',
      ),
  })
  .meta({ id: 'SwapObservation' });

export const swapEvent = z
  .object({
    id: z.string(),
    at: instant,
    from: swapState.nullable(),
    to: swapState,
    step: z.string().describe('Name of the transition, or of what happened within a state.'),
    actor: z.string(),
    evidence: z.unknown(),
  })
  .meta({ id: 'SwapEvent' });

export const swapApproval = z
  .object({
    side: z.enum(['operator', 'customer']),
    by: z.string(),
    byName: z.string().nullable(),
    at: instant,
    sha256,
    windowStartsAt: instant,
    windowEndsAt: instant,
    termsSha256: sha256,
    binds: z.boolean().describe('False: what was approved has changed since.'),
    standing: z.boolean().describe('By the terms, as a standing change.'),
  })
  .meta({ id: 'SwapApproval' });

/** Steps that people ask for; connectors make them. */
export const swapAsk = z.enum([
  'trusted',
  'canary-at',
  'canary',
  'schedule',
  'activate',
  'roll-back',
  'finish',
  'resume',
  'cancel',
]);
export type SwapAsk = z.infer<typeof swapAsk>;
export const swapRequest = z
  .object({
    id: uuid,
    ask: swapAsk,
    by: z.string(),
    at: instant,
    detail: z.unknown(),
    answeredAt: instant.nullable().describe('Null: no connector has taken it up yet.'),
    refusal: swapRefusal.nullable(),
  })
  .meta({ id: 'SwapRequest' });

export const swap = z
  .object({
    id: uuid,
    connectionId: uuid,
    connectionName: z.string(),
    customerId: uuid,
    customerName: z.string(),
    host: z.string(),
    rolloutId: uuid.nullable(),
    cohort: z.int().nullable(),
    state: swapState,
    stateSince: instant,
    /** While blocked: from where it goes on. */
    blockedIn: swapState.nullable(),
    /** Why it is blocked, was cancelled or went back. */
    reason: swapRefusal.nullable(),
    /** What the next step waits for; null where nothing stands in its way, or all is done. */
    waitsFor: swapRefusal.nullable(),
    warnings: z
      .array(swapRefusal)
      .describe('What speaks against the window and does not forbid it: hours, the end of the current certificate.'),
    class: swapClass,
    classSentence: z.string(),
    matching: swapMatching,
    emergency: z.boolean(),
    noticeDays: z.int(),
    /** No window begins before. */
    earliestAt: instant,
    current: swapCertificate.nullable(),
    next: swapCertificate,
    termsSha256: sha256,
    windowStartsAt: instant.nullable(),
    windowEndsAt: instant.nullable(),
    changeNumber: z.string().nullable(),
    changeNumberRequired: z.boolean(),
    trustedAt: instant.nullable(),
    trustedBy: z.string().nullable(),
    canaryAt: instant.nullable().describe('The agreed time of the first canary.'),
    canaryRunning: z.boolean(),
    canary: canaryResult.nullable(),
    canaryNotBefore: instant.nullable().describe('A refusal is not retried before, unless somebody asks.'),
    approvalsNeeded: z.array(z.enum(['operator', 'customer'])),
    activatedAt: instant.nullable(),
    oldReady: z.boolean().describe('Whether there is a certificate to go back to.'),
    observation: swapObservation.nullable(),
    proposedBy: z.string(),
    proposedAt: instant,
    note: z.string().nullable(),
  })
  .meta({ id: 'Swap' });
export type Swap = z.infer<typeof swap>;

/** GET /swaps/{id}. */
export const swapDetail = swap
  .extend({
    events: z.array(swapEvent),
    approvals: z.array(swapApproval),
    requests: z.array(swapRequest),
    /** What the customer's side is told, ready to send. */
    announcement: z.string(),
    names: z
      .record(z.string(), z.string())
      .describe('Of people and tokens among the actors: `person:ID` or `token:ID` to name.'),
  })
  .meta({ id: 'SwapDetail' });
export type SwapDetail = z.infer<typeof swapDetail>;

export const swapList = z.object({ items: z.array(swap) }).meta({ id: 'SwapList' });
export const swapQuery = z.object({
  connectionId: uuid.optional(),
  certificateId: uuid.optional().describe('Swaps that bring this certificate, or take it away.'),
  rolloutId: uuid.optional(),
  open: z.enum(['true', 'false']).optional(),
  alone: z.enum(['true']).optional().describe('Only those that belong to no rollout.'),
  stranded: z
    .enum(['true'])
    .optional()
    .describe(
      'Only those at which nothing goes on: rolled back, with no other proposed for the connection since; or blocked, in a rollout that is over.',
    ),
});

/** GET /swaps/{id}/times: windows that suit both sides. */
export const proposedTimes = z
  .object({
    earliestAt: instant,
    items: z.array(
      z.object({
        startsAt: instant,
        endsAt: instant,
        operatorLocal: z.string().describe('Wall-clock time in the operator’s zone.'),
        customerLocal: z.string(),
      }),
    ),
    operatorTimeZone: z.string(),
    customerTimeZone: z.string(),
  })
  .meta({ id: 'ProposedTimes' });
export type ProposedTimes = z.infer<typeof proposedTimes>;

export const swapPreview = z
  .object({
    class: swapClass,
    classSentence: z.string(),
    noticeDays: z.int(),
    approvalsNeeded: z.array(z.enum(['operator', 'customer'])),
    standingApproval: z.boolean().describe('The customer’s word for it is in the terms.'),
    changeNumberRequired: z.boolean(),
    /** Why it would not even be validated; null where it would. */
    refusal: swapRefusal.nullable(),
    warnings: z.array(swapRefusal),
    times: proposedTimes,
  })
  .meta({ id: 'SwapPreview' });
export type SwapPreview = z.infer<typeof swapPreview>;
export const swapTimesQuery = z.object({ hours: z.coerce.number().min(0.25).max(720).default(4) });
export const swapCalendarQuery = z.object({ side: z.enum(['operator', 'customer']).default('operator') });
