/** What people send about swaps: proposals, approvals, and what they ask connectors for. */
import { z } from 'zod';
import { instant, sha256, uuid } from './instant.ts';
import { swapMatching } from './swaps.ts';

/** POST /swaps. */
export const proposeSwap = z
  .strictObject({
    connectionId: uuid,
    certificateId: uuid,
    matching: swapMatching.optional().describe('What the terms say when left out; CA and name where they say nothing.'),
    emergency: z
      .boolean()
      .default(false)
      .describe(
        'The current one is revoked or expired, or refused with nothing to go back to: skips waiting, not checks.',
      ),
    changeNumber: z.string().trim().min(1).max(100).optional(),
    note: z.string().trim().max(1000).optional(),
    windowStartsAt: instant.optional().describe('With windowEndsAt; both may be chosen later.'),
    windowEndsAt: instant.optional(),
    canaryAt: instant
      .optional()
      .describe('The agreed time of the canary, to come, where the customer does not say when it trusts.'),
    observationSeconds: z.int().min(1).max(604_800).default(900).describe('How long it is observed at least.'),
  })
  .refine(({ windowStartsAt, windowEndsAt }) => (windowStartsAt === undefined) === (windowEndsAt === undefined), {
    path: ['windowEndsAt'],
    message: 'A window has a beginning and an end: give both or neither.',
  })
  .meta({ id: 'ProposeSwap' });

/** GET /swaps/preview: what a proposal would be; nothing is kept of it. */
export const swapPreviewQuery = z.object({
  connectionId: uuid,
  certificateId: uuid,
  emergency: z.enum(['true', 'false']).default('false'),
  hours: z.coerce.number().min(0.25).max(720).default(4),
});

/** POST /swaps/{id}/trusted: the customer says that the next certificate is trusted. */
export const swapTrusted = z.strictObject({ note: z.string().trim().max(1000).optional() }).meta({ id: 'SwapTrusted' });
/** POST /swaps/{id}/canary: now, once the customer has said that it trusts, or at an agreed time to come. */
export const swapCanary = z.strictObject({ at: instant.optional() }).meta({ id: 'SwapCanary' });
/** POST /swaps/{id}/schedule. */
export const scheduleSwap = z
  .strictObject({
    windowStartsAt: instant,
    windowEndsAt: instant,
    changeNumber: z.string().trim().min(1).max(100).optional(),
  })
  .meta({ id: 'ScheduleSwap' });
/** POST /swaps/{id}/approve: of exactly this; anything else is refused. */
export const approveSwap = z
  .strictObject({
    side: z.enum(['operator', 'customer']),
    sha256,
    windowStartsAt: instant,
    windowEndsAt: instant,
    termsSha256: sha256,
  })
  .meta({ id: 'ApproveSwap' });
/** POST /swaps/{id}/roll-back, /cancel, /resume, /activate, /finish. */
export const swapReason = z
  .strictObject({ reason: z.string().trim().min(1).max(1000).optional() })
  .meta({ id: 'SwapReason' });
