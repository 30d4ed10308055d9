/** The inventory of client certificates: what each is for, where its key lies, and what stands against it. */
import { z } from 'zod';
import { actor, fiveChecks, shownCertificate } from './checks.ts';
import { instant, sha256, uuid } from './instant.ts';
import { ownRevocation } from './revocation.ts';

/** Requirement R4. */
export const clientCertificateKind = z.enum(['operator-wildcard', 'operator-named', 'customer-custom']);
export type ClientCertificateKind = z.infer<typeof clientCertificateKind>;

/** A DNS name, or a wildcard, in lower case. */
export const certificateDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/,
    'This must be a DNS name like jira.example.org or *.example.org; letters like ä are written in ASCII, as in xn--mnchen-3ya.example',
  );

/** Who is asked about a certificate. */
export const certificateContacts = z
  .strictObject({
    owner: z.strictObject({ name: z.string().trim().min(1).max(200), email: z.email() }),
    technical: z.strictObject({ name: z.string().trim().min(1).max(200), email: z.email() }).optional(),
  })
  .meta({ id: 'CertificateContacts' });
export type CertificateContacts = z.infer<typeof certificateContacts>;

/** Where the key was made: inside a connector, or elsewhere and brought here. */
export const custody = z.enum(['made-inside', 'uploaded']);
/** From whom the certificate has to come: a third party that is publicly trusted, or a private CA that both agreed on. */
export const issuancePolicy = z.enum(['public-third-party', 'agreed-private-ca']);
export type IssuancePolicy = z.infer<typeof issuancePolicy>;

export const intakeTopic = z.enum([
  'file',
  'key-match',
  'five-checks',
  'purpose',
  'strength',
  'lifetime',
  'kind-and-domain',
  'chain',
  'acceptance-forecast',
  'inventory',
]);

/** What was seen when a certificate was judged, and who can change it. */
export const intakeFinding = z
  .object({
    topic: intakeTopic,
    code: z.string(),
    severity: z.enum(['blocks', 'warns', 'informs']).describe('What blocks keeps the certificate from being used.'),
    message: z.string(),
    actor: actor.nullable(),
    /** From when it matters, where that is not now. */
    from: instant.nullable(),
    /** Where the fact was published, and as of when we know it; of forecasts. */
    source: z.string().nullable(),
    sourceDate: z.string().nullable(),
  })
  .meta({ id: 'IntakeFinding' });
export type IntakeFinding = z.infer<typeof intakeFinding>;

/** A root that was agreed on with a private CA. */
export const agreedRoot = z.object({ subject: z.string(), sha256, pem: z.string() }).meta({ id: 'AgreedRoot' });
export type AgreedRoot = z.infer<typeof agreedRoot>;

/** A change of what was said of a certificate when it came in: a connector judges by it, and makes it unless it would block. */
const certificateCorrection = z
  .object({
    wanted: z.object({
      kind: clientCertificateKind.optional(),
      domain: z.string().nullable().optional(),
      policy: issuancePolicy.optional(),
      agreedRoots: z.array(agreedRoot).optional(),
    }),
    askedAt: instant,
    askedBy: z.string(),
    state: z.enum(['waiting', 'refused']),
    findings: z.array(intakeFinding).describe('Where it was refused: what would have blocked the certificate.'),
    judgedAt: instant.nullable(),
  })
  .meta({ id: 'CertificateCorrection' });

/** A connection that presents the certificate, will, or did until its window closes. */
export const certificateUsage = z
  .object({
    connectionId: uuid,
    connectionName: z.string(),
    customerId: uuid,
    customerName: z.string(),
    pointer: z.enum(['current', 'next', 'previous']),
  })
  .meta({ id: 'CertificateUsage' });

/** The end of a certificate: it stays in the inventory, and is never bound or proposed again. */
export const certificateRetirement = z
  .object({
    retiredAt: instant,
    retiredBy: z.string(),
    retiredByName: z.string().nullable().describe('Null where whoever it was is not known any more.'),
    reason: z.string(),
    keyDestroyedAt: instant
      .nullable()
      .describe('Null while another certificate of the same request still has the same key; it goes with that one.'),
  })
  .meta({ id: 'CertificateRetirement' });
export type CertificateRetirement = z.infer<typeof certificateRetirement>;

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
    daysLeft: z.number().describe('Until the first certificate of the chain ends; negative after that.'),
    sha256,
    isDefault: z.boolean().describe('New connections are bound to it.'),
    chainPem: z.string(),
    domain: z.string().nullable(),
    custody,
    policy: issuancePolicy,
    contacts: certificateContacts.nullable(),
    usages: z.array(certificateUsage),
    addedAt: instant,
    /** Null until a connector has judged it. */
    judgedAt: instant.nullable(),
    retirement: certificateRetirement.nullable().describe('Null while it may be used.'),
    blocking: z.int().describe('How many findings keep it from being used.'),
    warnings: z.int(),
    /** Absent until it was looked at. */
    revocation: ownRevocation.optional(),
  })
  .meta({ id: 'ClientCertificate' });
export type ClientCertificate = z.infer<typeof clientCertificate>;

/** Query of GET /client-certificates. */
export const clientCertificateQuery = z.strictObject({
  retired: z.enum(['true', 'false']).default('false').describe('Also those that are retired.'),
});

export const clientCertificateList = z
  .object({ items: z.array(clientCertificate) })
  .meta({ id: 'ClientCertificateList' });
export type ClientCertificateList = z.infer<typeof clientCertificateList>;

/** GET /client-certificates/{id}. */
export const clientCertificateDetail = clientCertificate
  .extend({
    /** End entity first. */
    chain: z.array(shownCertificate),
    /** Of the chain, those that a connector fetched because the upload had them not: shown, trusted only by the checks. */
    fetchedSha256: z.array(sha256),
    checks: fiveChecks.nullable(),
    findings: z.array(intakeFinding),
    requestId: uuid.nullable(),
    agreedRoots: z.array(agreedRoot),
    correction: certificateCorrection
      .nullable()
      .describe('Null where none waits, and none was refused since the last one that was made.'),
    /** Other certificates in use that have the same public key: while they are, the key is held for them. */
    sameKey: z.array(z.object({ id: uuid, name: z.string() })),
  })
  .meta({ id: 'ClientCertificateDetail' });
export type ClientCertificateDetail = z.infer<typeof clientCertificateDetail>;

/** GET /client-certificates/{id}/export: for the customer's own records; never the key. */
export const certificateExport = z
  .object({
    fileName: z.string(),
    certificatePem: z.string(),
    /** Without the end entity; empty where none is known. */
    chainPem: z.string(),
    requestPem: z.string().nullable(),
  })
  .meta({ id: 'CertificateExport' });
export type CertificateExport = z.infer<typeof certificateExport>;

/** PATCH /client-certificates/{id}. */
export const changeClientCertificate = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    contacts: certificateContacts.optional(),
    kind: clientCertificateKind.optional().describe('Of the same owner only.'),
    domain: certificateDomain.nullable().optional().describe('Null: none was agreed.'),
    policy: issuancePolicy.optional(),
    anchorsPem: z
      .string()
      .max(100_000)
      .nullable()
      .optional()
      .describe('The roots of an agreed private CA; null: none.'),
  })
  .describe('Name and contacts change at once; the rest when a connector has judged the certificate by it.')
  .meta({ id: 'ChangeClientCertificate' });
export type ChangeClientCertificate = z.input<typeof changeClientCertificate>;

/** POST /client-certificates/{id}/retire: its key is destroyed, which cannot be taken back. */
export const retireClientCertificate = z
  .strictObject({ reason: z.string().trim().min(1).max(1000) })
  .meta({ id: 'RetireClientCertificate' });
export type RetireClientCertificate = z.infer<typeof retireClientCertificate>;
