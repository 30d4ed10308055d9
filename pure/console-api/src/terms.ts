/** The terms of a connection, as requests write them and answers show them. */
import { z } from 'zod';
import { sha256, uuid } from './instant.ts';

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
export const tlsPolicyId = z.enum(['tls12-six', 'tls12-four', 'tls13']);
export const revocationPolicy = z.enum(['hard', 'soft', 'off']);
/** Each member is optional; absent is the strictest. */
export const revocationRules = z
  .strictObject({
    graceHours: z.int().optional().describe('Hours for which an answer is still used after its nextUpdate.'),
    greatestAgeHours: z.int().optional().describe('Hours after its thisUpdate beyond which no answer is used.'),
    crlAddresses: z
      .array(z.strictObject({ authority: z.string().max(2000), url: z.string().max(2000) }))
      .max(20)
      .optional()
      .describe('Other addresses of the CRLs of an agreed private CA.'),
    anchorIssuesNoRevocationData: z.boolean().optional(),
  })
  .meta({ id: 'RevocationRules' });
export const authenticationKind = z.enum(['pat', 'basic']);

/** The operator's written word that our client certificate is used with TLS 1.3. */
export const tls13ClientCertificate = z.strictObject({ reason: z.string().trim().min(10).max(1000) });

/** A forward proxy on the way to Jira. Its credential is given apart and is in no answer. */
export const forwardProxy = z
  .strictObject({
    url: z.string().max(500).describe('`http://host:port` or `https://host:port`, without user name and password.'),
    authenticationKind: z.enum(['none', 'basic']).default('none'),
    /** Whom to trust to name an https proxy. */
    anchors: anchors.default({ kind: 'public' }),
    /** The proxy itself may have a private address. */
    allowPrivate: z.boolean().default(false),
    tlsPolicy: tlsPolicyId.optional(),
  })
  .meta({ id: 'ForwardProxy' });

/** `negative`: the doctor may also try what the far side must refuse. */
export const probes = z.enum(['positive', 'negative']);

const localTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
/** A side's times: when it works, and when it changes nothing. */
export const sideCalendar = z
  .strictObject({
    timeZone: z.string().min(1).max(100).describe('IANA name, such as Europe/Berlin.'),
    freezes: z
      .array(z.strictObject({ from: localTime, until: localTime, reason: z.string().trim().max(200) }))
      .max(200)
      .readonly()
      .describe('In local time; `until` is not part of it.'),
    hours: z
      .strictObject({
        days: z.array(z.int().min(1).max(7)).min(1).max(7).readonly().describe('1 is Monday.'),
        from: z.string().regex(/^\d{2}:\d{2}$/),
        until: z.string().regex(/^\d{2}:\d{2}$/),
      })
      .optional()
      .describe('When changes are made; at any time when left out.'),
  })
  .meta({ id: 'SideCalendar' });
export type SideCalendar = z.infer<typeof sideCalendar>;

const swapDays = z.int().min(0).max(365).optional();
/** What both sides agreed about swaps of our client certificate; each member is optional. */
export const swapTerms = z
  .strictObject({
    matching: z.enum(['ca-and-name', 'leaf']).optional(),
    noticeDays: z
      .strictObject({
        'no-change': swapDays,
        'new-intermediate': swapDays,
        'new-ca': swapDays,
        'leaf-pinned': swapDays,
      })
      .optional(),
    customerApproves: z
      .array(z.enum(['no-change', 'new-intermediate', 'new-ca', 'leaf-pinned']))
      .max(4)
      .readonly()
      .optional(),
    standingApproval: z.boolean().optional(),
    changeNumberRequired: z.boolean().optional(),
    calendar: sideCalendar.optional(),
  })
  .meta({ id: 'SwapTerms' });

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
    revocationRules: revocationRules.optional(),
    clientCertificate: z.union([
      z.object({ required: z.literal(true) }),
      z.object({ required: z.literal(false), reason: z.string() }),
    ]),
    authenticationKind,
    accountName: z.string().nullable(),
    allowPrivate: z.boolean(),
    tls13ClientCertificate: tls13ClientCertificate.optional(),
    proxy: forwardProxy.optional(),
    probes: probes.optional(),
    swaps: swapTerms.optional(),
    methods: z.array(z.string()),
    restPaths: z.array(z.string()),
    projectKeys: z.array(z.string()),
    fields: z.array(z.string()),
    retention,
    contacts,
  })
  .meta({ id: 'TermsDocument' });
export type TermsDocument = z.infer<typeof termsDocument>;

/** One numbered version; its hash is what evidence names and what is approved. */
export const termsVersion = z
  .object({ version: z.int(), sha256, document: termsDocument })
  .meta({ id: 'TermsVersion' });
export type TermsVersion = z.infer<typeof termsVersion>;

/** GET /connections/{id}/terms. */
export const termsAnswer = termsVersion
  .extend({ connectionId: uuid, customerName: z.string() })
  .meta({ id: 'ConnectionTerms' });
export type TermsAnswer = z.infer<typeof termsAnswer>;

export const termsQuery = z.object({
  format: z.enum(['json', 'html']).default('json').describe('`html`: one page for a sign-off.'),
  version: z.coerce.number().int().min(1).optional().describe('The one in force when left out.'),
});
