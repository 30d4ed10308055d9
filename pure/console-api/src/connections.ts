/** Connections: what home asks, what a page shows, and what creates or changes one. */
import { z } from 'zod';
import { finding, fiveChecks } from './checks.ts';
import { clientCertificateKind } from './client-certificates.ts';
import { connector } from './connectors.ts';
import { customer } from './customers.ts';
import { enforcementProof } from './diagnoses.ts';
import { handshake } from './handshakes.ts';
import { instant, sha256, uuid } from './instant.ts';
import { syncProgress } from './progress.ts';
import {
  anchors,
  contacts,
  forwardProxy,
  probes,
  swapTerms,
  retention,
  revocationPolicy,
  revocationRules,
  termsVersion,
  tlsPolicyId,
  tls13ClientCertificate,
} from './terms.ts';

export const connectionState = z.enum(['draft', 'checking', 'active', 'paused', 'failing', 'retired']);
export type ConnectionState = z.infer<typeof connectionState>;

/** A row of home; home asks once. */
export const connectionSummary = z
  .object({
    id: uuid,
    name: z.string(),
    customer,
    baseUrl: z.string(),
    linkUrl: z.string(),
    host: z.string(),
    state: connectionState,
    stateSince: instant,
    /** Of the last dial that was judged; null before the first. */
    checks: fiveChecks.nullable(),
    lastHandshakeAt: instant.nullable(),
    lastProofAt: instant.nullable(),
    /** What keeps it from working now. */
    lastError: finding.nullable(),
    /** Null only where the terms go without one; `withoutReason` then says why. */
    clientCertificate: z
      .object({
        id: uuid,
        name: z.string(),
        kind: clientCertificateKind,
        notBefore: instant,
        notAfter: instant,
        sha256,
      })
      .nullable(),
    withoutReason: z.string().nullable(),
    /** First end of a certificate on the far side's judged path. */
    serverNotAfter: instant.nullable(),
    sync: z.object({ issues: z.int(), lagSeconds: z.number().nullable(), running: z.boolean() }),
    enforcesSince: instant.nullable(),
    /** What that rests on; null where nothing was ever seen of it. */
    enforcement: enforcementProof.nullable(),
    /** It leads to the sandbox: made-up data. */
    sandbox: z.boolean(),
  })
  .meta({ id: 'ConnectionSummary' });
export type ConnectionSummary = z.infer<typeof connectionSummary>;

export const connectionList = z.object({ items: z.array(connectionSummary) }).meta({ id: 'ConnectionList' });
export type ConnectionList = z.infer<typeof connectionList>;

export const connectionAction = z.enum(['check', 'activate', 'pause', 'resume', 'retire']);
export type ConnectionAction = z.infer<typeof connectionAction>;

/** GET /connections/{id}. */
export const connectionDetail = connectionSummary
  .extend({
    terms: termsVersion,
    /** What can be done in this state. `activate` is there only after an accepted check under these terms. */
    actions: z.array(connectionAction),
    /** The last dial, whatever came of it. */
    handshake: handshake.nullable(),
    progress: syncProgress,
    /** Of this connection's egress group. */
    connectors: z.array(connector),
    /** How people reach us: the web tier's own policy. */
    web: z.object({ protocol: z.string(), policy: z.string(), suites: z.array(z.string()) }),
    createdAt: instant,
  })
  .meta({ id: 'ConnectionDetail' });
export type ConnectionDetail = z.infer<typeof connectionDetail>;

/** POST /connections/{id}/check: answers with the finished handshake, whatever its verdict; 504 when none came. */
export const checkAnswer = z.object({ handshake, connection: connectionDetail }).meta({ id: 'CheckAnswer' });
export type CheckAnswer = z.infer<typeof checkAnswer>;

const longestSecret = 4096;
/** Sealed to the connectors' public key on arrival; no answer ever holds it. */
export const authentication = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pat'), token: z.string().min(1).max(longestSecret) }),
  z.strictObject({
    kind: z.literal('basic'),
    username: z.string().min(1).max(255),
    password: z.string().min(1).max(longestSecret),
  }),
]);

/** For the forward proxy of the terms; sealed on arrival, for this proxy and no other. */
export const proxyCredential = z.strictObject({
  username: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^:\p{Cc}]+$/u, { error: 'A user name has no colon' }),
  password: z
    .string()
    .max(1024)
    .regex(/^\P{Cc}*$/u, { error: 'A password has no control characters' }),
});

/** On by default, with the operator's default certificate; going without needs a reason and is shown everywhere. */
export const clientCertificateChoice = z.discriminatedUnion('required', [
  z.strictObject({ required: z.literal(true), id: uuid.optional() }),
  z.strictObject({ required: z.literal(false), reason: z.string().trim().min(10).max(1000) }),
]);

const termsChoices = {
  linkUrl: z.string().max(2000).optional(),
  egressGroup: z.string().max(40).optional(),
  tlsPolicy: tlsPolicyId.optional(),
  tls13ClientCertificate: tls13ClientCertificate
    .optional()
    .describe('Needed for `tls13` with a client certificate; printed with the terms.'),
  anchors: anchors.optional(),
  revocation: revocationPolicy.optional(),
  revocationRules: revocationRules.optional(),
  accountName: z.string().trim().min(1).max(255).nullable().optional(),
  allowPrivate: z.boolean().optional(),
  proxy: forwardProxy.nullable().optional().describe('Null: none. Another one needs the credential for Jira anew.'),
  proxyCredential: proxyCredential.optional(),
  probes: probes.optional(),
  swaps: swapTerms.optional(),
  fields: z.array(z.string().max(128)).max(200).optional(),
  retention: retention.optional(),
};

/** POST /connections. What is left out begins with the safe choice. */
export const newConnection = z
  .strictObject({
    /** Whose Jira it is: a known customer, or the name of a known or new one. */
    customer: z.union([z.strictObject({ id: uuid }), z.strictObject({ name: z.string().trim().min(1).max(200) })], {
      error: 'Give the id of a customer, or a name',
    }),
    /** For people; the host when left out. */
    name: z.string().trim().min(1).max(200).optional(),
    /** What connectors call: https, with the context path. */
    baseUrl: z.string().max(2000),
    authentication,
    clientCertificate: clientCertificateChoice.optional(),
    projectKeys: z.array(z.string().max(255)).max(1000),
    contacts,
    ...termsChoices,
    /** A second customer on one Jira host is refused until an operator says this; it is audited. */
    confirmSharedHost: z.boolean().optional(),
  })
  .meta({ id: 'NewConnection' });
export type NewConnection = z.infer<typeof newConnection>;

/**
 * PATCH /connections/{id}: a new version of the terms; what is left out stays. A connection in use goes back to draft.
 * Terms that are weaker are refused with `terms-approval-needed`, whose `seen` holds `weakens` and `termsSha256`; the
 * same change with that hash as `approvedSha256` is taken.
 */
export const changeConnection = z
  .strictObject({
    baseUrl: z.string().max(2000).optional().describe('Another path or port; the host is fixed.'),
    projectKeys: z.array(z.string().max(255)).max(1000).optional(),
    contacts: contacts.optional(),
    ...termsChoices,
    authentication: authentication.optional().describe('A new credential; sealed on arrival.'),
    approvedSha256: sha256.optional(),
    replayedSha256: sha256
      .optional()
      .describe('Hash of terms of which `replay-refuses` has shown whom they refuse; they are taken all the same.'),
  })
  .meta({ id: 'ChangeConnection' });
export type ChangeConnection = z.infer<typeof changeConnection>;
