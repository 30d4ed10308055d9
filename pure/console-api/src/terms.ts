/** The terms of a connection, as requests write them and answers show them. */
import { z } from 'zod';
import { instant, sha256, uuid } from './instant.ts';

/** A PEM file beyond this is no list of anchors. */
const longestAnchorsPem = 100_000;

export const anchors = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('public') }),
  z.strictObject({ kind: z.literal('pem'), pem: z.string().max(longestAnchorsPem) }),
]);
export const contact = z.strictObject({ name: z.string().trim().min(1).max(200), email: z.string().trim().max(254) });
export const contacts = z.strictObject({ owner: contact, technical: contact });
export const retention = z.strictObject({
  issueDays: z.int().min(1).nullable(),
  handshakeDays: z.int().min(1).nullable(),
});
export const tlsPolicyId = z.enum(['tls12-six', 'tls12-four']);
export const revocationPolicy = z.enum(['hard', 'soft', 'off']);
export const authenticationKind = z.enum(['pat', 'basic']);

/** The immutable document; its hash is over its canonical JSON. */
export const termsDocument = z
  .object({
    version: z.int(),
    baseUrl: z.string(),
    linkUrl: z.string(),
    egressGroup: z.string(),
    tlsPolicy: tlsPolicyId,
    anchors,
    revocation: revocationPolicy,
    clientCertificate: z.union([
      z.object({ required: z.literal(true) }),
      z.object({ required: z.literal(false), reason: z.string() }),
    ]),
    authenticationKind,
    accountName: z.string().nullable(),
    allowPrivate: z.boolean(),
    methods: z.array(z.string()),
    restPaths: z.array(z.string()),
    projectKeys: z.array(z.string()),
    fields: z.array(z.string()),
    retention,
    contacts,
  })
  .meta({ id: 'TermsDocument' });
export type TermsDocument = z.infer<typeof termsDocument>;

/** One numbered version, with who wrote it and since when it holds. */
export const termsVersion = z
  .object({
    version: z.int(),
    sha256,
    document: termsDocument,
    /** In what it is weaker than the version before, a sentence each; empty: in nothing. */
    weakens: z.array(z.string()),
    writtenBy: z.string(),
    writtenAt: instant,
    /** Null while it waits for approval. */
    effectiveAt: instant.nullable(),
    approvedBy: z.string().nullable(),
  })
  .meta({ id: 'TermsVersion' });
export type TermsVersion = z.infer<typeof termsVersion>;

/** GET /connections/{id}/terms. */
export const termsAnswer = z
  .object({
    current: termsVersion,
    /** A newer version that waits for approval. */
    pending: termsVersion.nullable(),
    connectionId: uuid,
    customerName: z.string(),
  })
  .meta({ id: 'ConnectionTerms' });
export type TermsAnswer = z.infer<typeof termsAnswer>;

export const termsQuery = z.object({
  format: z.enum(['json', 'html']).default('json').describe('`html`: one page for a sign-off.'),
  version: z.coerce.number().int().min(1).optional(),
});

/** POST /connections/{id}/terms/approve: by hash, so that nothing else is approved than was read. */
export const approveTerms = z
  .strictObject({ version: z.int().min(1), sha256, approver: z.string().trim().min(1).max(200) })
  .meta({ id: 'ApproveTerms' });
export type ApproveTerms = z.infer<typeof approveTerms>;
