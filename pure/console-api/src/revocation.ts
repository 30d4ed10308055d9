/** Revocation: what is held of each authority, what answered for a connection, and the exceptions that people made. */
import { z } from 'zod';
import { actor, checkNames } from './checks.ts';
import { instant, sha256, uuid } from './instant.ts';
import { anchors, revocationPolicy, revocationRules, tlsPolicyId } from './terms.ts';

export const revocationKind = z.enum(['crl', 'ocsp']);
const sourceError = z.object({ code: z.string(), message: z.string() });

/** A CRL or an OCSP answer as a host of connectors holds it. */
export const revocationSource = z
  .object({
    id: uuid,
    host: z.string().describe('Where connectors hold it; each host fetches for itself.'),
    kind: revocationKind,
    url: z.string(),
    authority: z.string().describe('Who signs it (RFC 4514).'),
    subject: sha256.nullable().describe('The certificate that OCSP is asked about; null for a CRL.'),
    sha256: sha256.nullable(),
    bytes: z.int().nullable(),
    entries: z.int().nullable(),
    thisUpdate: instant.nullable(),
    nextUpdate: instant.nullable(),
    fetchedAt: instant.nullable(),
    ageSeconds: z.number().nullable().describe('Since its thisUpdate.'),
    staleSince: instant.nullable().describe('Null while it may be used.'),
    lastError: sourceError.nullable().describe('Of the last attempt; null where it succeeded.'),
    failures: z.int().describe('Failed attempts in a row.'),
    nextFetchAt: instant,
    connections: z.int().describe('How many connections ask it.'),
    clientCertificates: z.int().describe('How many client certificates of ours ask it.'),
  })
  .meta({ id: 'RevocationSource' });
export type RevocationSource = z.infer<typeof revocationSource>;
export const revocationSourceList = z.object({ items: z.array(revocationSource) }).meta({ id: 'RevocationSourceList' });

/** What decided, or was used, for one certificate of a judged chain. */
export const revocationAnswer = z
  .object({
    certificateIndex: z.int().nullable(),
    kind: revocationKind,
    from: z.enum(['staple', 'held', 'pushed']),
    url: z.string().nullable(),
    sha256: sha256.nullable(),
    thisUpdate: instant.nullable(),
    nextUpdate: instant.nullable(),
  })
  .meta({ id: 'RevocationAnswer' });
export type RevocationAnswer = z.infer<typeof revocationAnswer>;

export const pushedCrl = z
  .object({
    authority: z.string(),
    sha256,
    entries: z.int(),
    thisUpdate: instant,
    nextUpdate: instant.nullable(),
    ageSeconds: z.number(),
    pushedAt: instant,
  })
  .meta({ id: 'PushedCrl' });
export type PushedCrl = z.infer<typeof pushedCrl>;

/** Characters; the base64 of 10 MiB. */
export const longestPushedCrl = 14_000_000;
/** POST /connections/{id}/crls: of the private CA that the terms agree on. */
export const pushCrl = z
  .strictObject({ crl: z.string().min(1).max(longestPushedCrl).describe('PEM, or DER in base64.') })
  .meta({ id: 'PushCrl' });

const connectionSource = revocationSource
  .pick({
    kind: true,
    url: true,
    authority: true,
    thisUpdate: true,
    nextUpdate: true,
    fetchedAt: true,
    staleSince: true,
    lastError: true,
  })
  .extend({ host: z.string().nullable().describe('Null: no host holds it yet.') });

/** GET /connections/{id}/revocation. */
export const connectionRevocation = z
  .object({
    mode: revocationPolicy,
    rules: revocationRules.nullable(),
    /** Of the last dial. */
    answers: z.array(revocationAnswer),
    handshakeId: uuid.nullable(),
    sources: z.array(connectionSource),
    pushed: z.array(pushedCrl),
    /** Emergency softenings that this connection's authorities are under now. */
    softened: z.array(z.object({ id: uuid, authority: z.string(), endsAt: instant })),
  })
  .meta({ id: 'ConnectionRevocation' });
export type ConnectionRevocation = z.infer<typeof connectionRevocation>;

const namedPerson = z.object({ id: uuid, name: z.string() });
export const softening = z
  .object({
    id: uuid,
    authority: z.string(),
    reason: z.string(),
    hours: z.int(),
    state: z.enum(['proposed', 'in-force', 'ended', 'lapsed']).describe('`lapsed`: nobody approved it within a day.'),
    proposedBy: namedPerson,
    proposedAt: instant,
    approvedBy: namedPerson.nullable(),
    approvedAt: instant.nullable(),
    endsAt: instant.nullable(),
    endedBy: namedPerson.nullable(),
    endedAt: instant.nullable(),
    connections: z
      .int()
      .describe(
        'Those whose far side last showed a certificate of this authority. With 0 nothing is softened: see the name.',
      ),
  })
  .meta({ id: 'RevocationSoftening' });
export type Softening = z.infer<typeof softening>;
export const softeningList = z.object({ items: z.array(softening) }).meta({ id: 'RevocationSofteningList' });

/** POST /revocation-softenings: nothing is softer until a second person approves it. */
export const proposeSoftening = z
  .strictObject({
    authority: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .describe('Issuer of the certificates (RFC 4514), as reports show it.'),
    reason: z.string().trim().min(10).max(1000),
    hours: z.int().min(1).max(72),
  })
  .meta({ id: 'ProposeSoftening' });

/** What would be other than it is; what is left out stays as each connection's terms say. */
export const replayChange = z
  .strictObject({
    revocation: revocationPolicy.optional(),
    revocationRules: revocationRules.optional(),
    tlsPolicy: tlsPolicyId.optional(),
    anchors: anchors.optional(),
  })
  .meta({ id: 'ReplayChange' });

/** POST /replays: judges stored chains as if the change were made; nothing is dialled and nothing changes. */
export const replayRequest = z
  .strictObject({
    change: replayChange,
    connectionIds: z.array(uuid).max(1000).optional().describe('All in use when left out.'),
  })
  .meta({ id: 'ReplayRequest' });

export const replayRefusal = z
  .object({
    connectionId: uuid,
    name: z.string(),
    host: z.string(),
    /** The check that would refuse. */
    check: z.enum(checkNames).nullable().describe('Null where no check but the handshake itself would fail.'),
    code: z.string(),
    message: z.string(),
    actor: actor.nullable(),
    /** The chain that was judged: that of this handshake. */
    handshakeId: uuid,
    seenAt: instant,
  })
  .meta({ id: 'ReplayRefusal' });
export type ReplayRefusal = z.infer<typeof replayRefusal>;

export const replayAnswer = z
  .object({
    judged: z.int(),
    /** Connections that are accepted now and would be refused. */
    refused: z.array(replayRefusal),
    /** Connections that no accepted chain is stored of: they are judged at their next check. */
    notJudged: z.array(z.object({ connectionId: uuid, name: z.string(), host: z.string() })),
  })
  .meta({ id: 'ReplayAnswer' });
export type ReplayAnswer = z.infer<typeof replayAnswer>;

export const ownRevocation = z
  .object({
    status: z.enum(['good', 'revoked', 'unknown', 'not-applicable']),
    code: z.string(),
    message: z.string(),
    judgedAt: instant,
    since: instant,
  })
  .meta({ id: 'OwnRevocation' });
export type OwnRevocation = z.infer<typeof ownRevocation>;
