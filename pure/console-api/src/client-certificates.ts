import { z } from 'zod';
import { instant, sha256, uuid } from './instant.ts';
import { ownRevocation } from './revocation.ts';

/** Requirement R4. */
export const clientCertificateKind = z.enum(['operator-wildcard', 'operator-named', 'customer-custom']);
export type ClientCertificateKind = z.infer<typeof clientCertificateKind>;

/** A certificate with which we show who we are; its key is sealed and never answered. */
export const clientCertificate = z
  .object({
    id: uuid,
    name: z.string(),
    kind: clientCertificateKind,
    /** Null: ours, the operator's. */
    customerId: uuid.nullable(),
    customerName: z.string().nullable(),
    subject: z.string(),
    issuer: z.string(),
    notBefore: instant,
    notAfter: instant,
    sha256,
    isDefault: z.boolean().describe('New connections are bound to it.'),
    chainPem: z.string(),
    /** Absent until it was looked at. */
    revocation: ownRevocation.optional(),
  })
  .meta({ id: 'ClientCertificate' });
export type ClientCertificate = z.infer<typeof clientCertificate>;

export const clientCertificateList = z
  .object({ items: z.array(clientCertificate) })
  .meta({ id: 'ClientCertificateList' });
export type ClientCertificateList = z.infer<typeof clientCertificateList>;
