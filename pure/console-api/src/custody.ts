/** To which keys secrets are sealed, and the certificate that the web tier itself shows. */
import { z } from 'zod';
import { actor, fiveChecks, shownCertificate } from './checks.ts';
import { intakeFinding } from './client-certificates.ts';
import { instant, sha256 } from './instant.ts';

/** A public key of connectors; the private half is in no database. */
export const sealKey = z
  .object({
    id: z.string(),
    state: z
      .enum(['current', 'retiring', 'retired'])
      .describe('Retiring: what is sealed to it is being sealed anew. Retired: proven that nothing is.'),
    createdAt: instant,
    retiredAt: instant.nullable(),
    rotationAskedAt: instant.nullable(),
    rotationAskedBy: z.string().nullable(),
    replacedBy: z.string().nullable().describe('The key that took over.'),
    takenOut: z
      .object({ at: instant, by: z.string(), reason: z.string() })
      .nullable()
      .describe('It was taken out of use because its connectors are gone for good; nothing is sealed to it since.'),
    sealedRecords: z.int().describe('Records, copies and uploads that are sealed to it now.'),
    connectors: z.array(z.string()).describe('Running connectors that hold it.'),
  })
  .meta({ id: 'SealKey' });
export type SealKey = z.infer<typeof sealKey>;

/** POST /seal-keys/{id}/take-out. */
export const takeOutSealKey = z
  .strictObject({
    reason: z.string().trim().min(1).max(1000),
    leaveUnopened: z
      .boolean()
      .default(false)
      .describe(
        'Also where records are sealed to it that no running connector could open otherwise: they are kept and stay closed.',
      ),
  })
  .meta({ id: 'TakeOutSealKey' });
export type TakeOutSealKey = z.input<typeof takeOutSealKey>;
export const sealKeyList = z.object({ items: z.array(sealKey) }).meta({ id: 'SealKeyList' });

/** What the authority says of the certificate, shown together with it in each handshake. */
export const serverStaple = z
  .object({
    /** Null while none was ever fetched. */
    fetchedAt: instant.nullable(),
    thisUpdate: instant.nullable(),
    /** It is stapled until then. */
    nextUpdate: instant.nullable(),
    isStapled: z.boolean(),
    nextFetchAt: instant,
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'ServerStaple' });
export type ServerStaple = z.infer<typeof serverStaple>;

/** What is to be done about it now, and by whom; the gravest alone. */
export const serverCertificateAdvice = z
  .object({
    code: z.enum(['replace-now', 'replace-soon', 'give-a-certificate', 'see-findings', 'nothing']),
    message: z.string(),
    actor: actor.nullable(),
  })
  .meta({ id: 'ServerCertificateAdvice' });
export type ServerCertificateAdvice = z.infer<typeof serverCertificateAdvice>;

/** GET /server-certificates: what the web tier shows to browsers. */
export const serverCertificate = z
  .object({
    subject: z.string(),
    issuer: z.string(),
    names: z.array(z.string()),
    notBefore: instant,
    notAfter: instant,
    daysLeft: z.number(),
    sha256,
    chain: z.array(shownCertificate),
    shownSince: instant,
    /** Null until a connector has judged it. */
    judgedAt: instant.nullable(),
    checks: fiveChecks.nullable(),
    findings: z.array(intakeFinding),
    isShownNow: z.boolean().describe('The newest; another was shown within a day.'),
    madeHere: z
      .boolean()
      .describe('Made by Sallyport for this machine at the first start: no authority vouches for it.'),
    staple: serverStaple,
    advice: serverCertificateAdvice,
  })
  .meta({ id: 'ServerCertificate' });
export type ServerCertificate = z.infer<typeof serverCertificate>;
export const serverCertificateList = z
  .object({ items: z.array(serverCertificate) })
  .meta({ id: 'ServerCertificateList' });
