/** To which keys secrets are sealed, and the certificate that the web tier itself shows. */
import { z } from 'zod';
import { fiveChecks, shownCertificate } from './checks.ts';
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
    sealedRecords: z.int(),
    connectors: z.array(z.string()).describe('Running connectors that hold it.'),
  })
  .meta({ id: 'SealKey' });
export type SealKey = z.infer<typeof sealKey>;
export const sealKeyList = z.object({ items: z.array(sealKey) }).meta({ id: 'SealKeyList' });

/** GET /server-certificate: what the web tier shows to browsers. */
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
  })
  .meta({ id: 'ServerCertificate' });
export type ServerCertificate = z.infer<typeof serverCertificate>;
export const serverCertificateList = z
  .object({ items: z.array(serverCertificate) })
  .meta({ id: 'ServerCertificateList' });
