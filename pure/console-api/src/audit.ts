import { z } from 'zod';
import { instant, uuid } from './instant.ts';

export const auditEvent = z
  .object({
    id: z.string(),
    customerId: uuid,
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.unknown(),
    /** Place in the customer's chain; null in the second before it is linked. */
    sequence: z.int().nullable(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof auditEvent>;

export const auditList = z
  .object({ items: z.array(auditEvent), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditList' });
export type AuditList = z.infer<typeof auditList>;

/** GET /audit; newest first. */
export const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/** GET /livez and /readyz. */
export const health = z
  .object({ status: z.enum(['ok', 'unavailable']), at: instant, reason: z.string().nullable() })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;
