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

const auditSubject = z
  .string()
  .max(100)
  .regex(/^[a-z-]+:[A-Za-z0-9-]+$/u, { error: 'A subject is a kind and an id, such as swap:…' });
const mostSubjects = 50;

/** GET /audit; newest first. With filters, what fits any of them. */
export const auditQuery = z.object({
  subject: z
    .union([auditSubject, z.array(auditSubject).max(mostSubjects)])
    .optional()
    .describe('Events about this, such as `client-certificate:…` or `swap:…`; may be given several times.'),
  certificateId: uuid
    .optional()
    .describe('Events about this certificate, its request, its uploads, and the swaps that brought it or took it.'),
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
