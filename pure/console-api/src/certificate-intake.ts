/** How a certificate comes in: by a request for a key that was made inside, or by an upload. Both are worked on by connectors. */
import { z } from 'zod';
import { fiveChecks, shownCertificate } from './checks.ts';
import {
  agreedRoot,
  certificateContacts,
  certificateDomain as dnsName,
  clientCertificateKind,
  intakeFinding,
  issuancePolicy,
} from './client-certificates.ts';
import { instant, uuid } from './instant.ts';

/** Bytes of all files of an upload together; chain, key and names of a certificate take a few thousand. */
export const largestUpload = 400_000;
/** Bytes of a body: what is larger than an upload may be is still read, so that the answer can say so. */
export const largestUploadBody = 12_000_000;

export const keyType = z.enum(['p256', 'p384', 'rsa3072']);
export type KeyType = z.infer<typeof keyType>;

const plainText = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}]+$/u);

/** What is said about a certificate before it is there. */
const about = {
  kind: clientCertificateKind,
  /** Of a customer-custom certificate: whose it is. Left out for the operator's own kinds. */
  customerId: uuid.optional(),
  name: z.string().trim().min(1).max(200).optional().describe('How people call it; its subject when left out.'),
  domain: dnsName.optional().describe('Under which its names must lie.'),
  policy: issuancePolicy.default('public-third-party'),
  anchorsPem: z.string().max(100_000).optional().describe('The roots of an agreed private CA.'),
  contacts: certificateContacts.optional(),
  makeDefault: z.boolean().default(false).describe('New connections are bound to it.'),
};

/** POST /certificate-requests. */
export const createCertificateRequest = z
  .strictObject({
    ...about,
    keyType: keyType.default('p256'),
    commonName: plainText,
    dnsNames: z.array(dnsName).max(50).default([]),
    organization: plainText.optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  })
  .meta({ id: 'CreateCertificateRequest' });
export type CreateCertificateRequest = z.infer<typeof createCertificateRequest>;

export const certificateRequest = z
  .object({
    id: uuid,
    kind: clientCertificateKind,
    customerId: uuid.nullable(),
    customerName: z.string().nullable(),
    name: z.string(),
    domain: z.string().nullable(),
    policy: issuancePolicy,
    agreedRoots: z.array(agreedRoot),
    contacts: certificateContacts.nullable(),
    keyType,
    commonName: z.string(),
    dnsNames: z.array(z.string()),
    organization: z.string().nullable(),
    state: z
      .enum(['making-key', 'open', 'fulfilled', 'withdrawn', 'failed', 'key-destroyed'])
      .describe(
        'Open: the request can be taken to the authority, and its certificate given back. Key destroyed: its last certificate was retired.',
      ),
    /** PKCS#10 in PEM; null until a connector has made the key. */
    requestPem: z.string().nullable(),
    /** The last certificate that was given back for it. */
    certificateId: uuid.nullable(),
    withdrawnReason: z.string().nullable().describe('Why it was given up; null where it was not.'),
    findings: z.array(intakeFinding),
    requestedAt: instant,
    requestedBy: z.string(),
  })
  .meta({ id: 'CertificateRequest' });
export type CertificateRequest = z.infer<typeof certificateRequest>;
export const certificateRequestList = z
  .object({ items: z.array(certificateRequest) })
  .meta({ id: 'CertificateRequestList' });

/** PATCH /certificate-requests/{id}: what a certificate to come is judged by, while the request is open. Key, names and owner stay. */
export const certificateRequestCorrection = z
  .strictObject({
    kind: clientCertificateKind.optional().describe('Of the same owner only.'),
    name: z.string().trim().min(1).max(200).optional(),
    domain: dnsName.nullable().optional().describe('Null: none was agreed.'),
    policy: issuancePolicy.optional(),
    anchorsPem: z
      .string()
      .max(100_000)
      .nullable()
      .optional()
      .describe('The roots of an agreed private CA; null: none.'),
    contacts: certificateContacts.optional(),
  })
  .meta({ id: 'CertificateRequestCorrection' });
export type CertificateRequestCorrection = z.input<typeof certificateRequestCorrection>;

/** POST /certificate-requests/{id}/withdraw: its key is destroyed, which cannot be taken back. */
export const certificateRequestWithdrawal = z
  .strictObject({ reason: z.string().trim().min(1).max(1000) })
  .meta({ id: 'CertificateRequestWithdrawal' });

const uploadedFile = z.strictObject({
  name: z.string().trim().max(200).default(''),
  base64: z
    .string()
    .min(1)
    .regex(/^[A-Za-z0-9+/\r\n]+={0,2}\s*$/),
});

/** POST /certificate-uploads: PKCS#12, PEM, DER, PKCS#7, in any number of files; sealed as it is before it is stored. */
export const createCertificateUpload = z
  .strictObject({
    ...about,
    files: z.array(uploadedFile).min(1).max(20),
    password: z.string().max(1000).optional(),
  })
  .meta({ id: 'CreateCertificateUpload' });
export type CreateCertificateUpload = z.infer<typeof createCertificateUpload>;

/** POST /certificate-requests/{id}/certificate: certificate and chain, in any order and form; no key. */
export const giveBackCertificate = z
  .strictObject({ files: z.array(uploadedFile).min(1).max(20), makeDefault: z.boolean().default(false) })
  .meta({ id: 'GiveBackCertificate' });

export const certificateUpload = z
  .object({
    id: uuid,
    kind: clientCertificateKind,
    customerId: uuid.nullable(),
    name: z.string().nullable(),
    domain: z.string().nullable(),
    policy: issuancePolicy,
    agreedRoots: z.array(agreedRoot),
    contacts: certificateContacts.nullable(),
    makeDefault: z.boolean(),
    /** The request that a certificate was given back for. */
    requestId: uuid.nullable(),
    files: z.array(z.object({ name: z.string(), bytes: z.int() })),
    state: z
      .enum(['waiting', 'taken', 'refused', 'cancelled'])
      .describe('Waiting: no connector has opened it yet. Cancelled: it was called back before one did.'),
    openers: z
      .int()
      .nullable()
      .describe(
        'While it waits: how many running connectors can open it. With none for three minutes it is refused by any that runs.',
      ),
    /** Where it was taken, or where it was there already. */
    certificateId: uuid.nullable(),
    findings: z.array(intakeFinding),
    checks: fiveChecks.nullable(),
    chain: z.array(shownCertificate),
    /** Subjects of certificates in the files that belong to another chain. */
    strangers: z.array(z.string()),
    uploadedAt: instant,
    uploadedBy: z.string(),
    judgedAt: instant.nullable(),
  })
  .meta({ id: 'CertificateUpload' });
export type CertificateUpload = z.infer<typeof certificateUpload>;
export const certificateUploadList = z
  .object({ items: z.array(certificateUpload) })
  .meta({ id: 'CertificateUploadList' });
