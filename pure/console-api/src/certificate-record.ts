/** GET /client-certificates/{id}/record: what auditors ask of one certificate, from its request to its retirement. */
import { z } from 'zod';
import { auditEvent } from './audit.ts';
import { fiveChecks, shownCertificate } from './checks.ts';
import {
  certificateContacts,
  certificateUsage,
  clientCertificateKind,
  custody,
  intakeFinding,
  issuancePolicy,
} from './client-certificates.ts';
import { instant, sha256, uuid } from './instant.ts';
import { ownRevocation, revocationSource } from './revocation.ts';
import { canaryResult, swapApproval, swapClass, swapEvent, swapObservation, swapState } from './swaps.ts';

/** Who did something: as the audit trail writes it, and the name where it is a person's or a token's. */
export const recordedActor = z.object({ actor: z.string(), name: z.string().nullable() }).meta({ id: 'RecordedActor' });
export type RecordedActor = z.infer<typeof recordedActor>;

/** Something that somebody did at an instant. */
const deed = recordedActor.extend({ at: instant });
export type Deed = z.infer<typeof deed>;

/** Whether the one who asked for a change is also the one who approved it. */
export const separation = z
  .enum(['two-people', 'same-person', 'standing-change', 'not-approved'])
  .describe('Of who asked for the swap and who approved what was done; a standing change is approved by the terms.');
export type Separation = z.infer<typeof separation>;

export const recordedSwap = z
  .object({
    id: uuid,
    role: z.enum(['brings-it', 'takes-it-away']),
    /** The certificate at the other end; null where there was none before. */
    other: z.object({ id: uuid, name: z.string(), sha256 }).nullable(),
    connectionId: uuid,
    connectionName: z.string(),
    customerName: z.string(),
    host: z.string(),
    rolloutId: uuid.nullable(),
    state: swapState,
    stateSince: instant,
    /** Why it is blocked, was cancelled or went back. */
    reason: z.string().nullable(),
    class: swapClass,
    classSentence: z.string(),
    emergency: z.boolean(),
    changeNumber: z.string().nullable(),
    /** The terms under which it was activated, or would be now; the version is null where it is not known any more. */
    terms: z.object({ version: z.int().nullable(), sha256 }),
    requested: deed,
    approvals: z.array(
      swapApproval
        .pick({ side: true, standing: true })
        .extend({ by: recordedActor, at: instant, holds: z.boolean().describe('Of exactly what was done.') }),
    ),
    separation,
    trusted: deed.nullable().describe('The customer’s word that the certificate is trusted.'),
    canary: canaryResult.nullable(),
    windowStartsAt: instant.nullable(),
    windowEndsAt: instant.nullable(),
    activatedAt: instant.nullable(),
    /** Handshakes of an equal time before and after the activation. */
    observation: swapObservation.nullable(),
    events: z.array(swapEvent.pick({ at: true, from: true, to: true, step: true }).extend({ by: recordedActor })),
  })
  .meta({ id: 'RecordedSwap' });
export type RecordedSwap = z.infer<typeof recordedSwap>;

const recordedSource = revocationSource
  .pick({
    kind: true,
    url: true,
    authority: true,
    thisUpdate: true,
    nextUpdate: true,
    fetchedAt: true,
    ageSeconds: true,
  })
  .extend({ host: z.string().nullable().describe('Null: no host of connectors holds it yet.') });

export const certificateRecord = z
  .object({
    madeAt: instant,
    madeFor: recordedActor,
    id: uuid,
    name: z.string(),
    kind: clientCertificateKind,
    domain: z.string().nullable(),
    /** Null: ours, the operator's. */
    customerName: z.string().nullable(),
    contacts: certificateContacts.nullable(),
    policy: issuancePolicy,
    /** End entity first: fingerprint, serial number, issuer, names, key and validity of each. */
    chain: z.array(shownCertificate),
    fetchedSha256: z.array(sha256),
    custody: z.object({
      kind: custody,
      sealedTo: z.array(
        z.object({
          sealKeyId: z.string(),
          state: z.enum(['current', 'retiring', 'retired']),
          connectors: z.array(z.string()).describe('Running connectors that hold this key now.'),
        }),
      ),
    }),
    requested: deed
      .extend({ requestId: uuid })
      .nullable()
      .describe('Null: it was uploaded with its key, or set up on the command line.'),
    uploaded: z.array(deed.extend({ uploadId: uuid, state: z.enum(['waiting', 'taken', 'refused']) })),
    addedAt: instant,
    judgedAt: instant.nullable(),
    checks: fiveChecks.nullable(),
    findings: z.array(intakeFinding),
    /** Absent until it was looked at. */
    revocation: ownRevocation.optional(),
    revocationSources: z.array(recordedSource),
    usages: z.array(certificateUsage),
    swaps: z.array(recordedSwap),
    swapsLeftOut: z.boolean().describe('There are older swaps than those that are listed.'),
    retired: deed
      .extend({ reason: z.string(), keyDestroyedAt: instant.nullable().describe('Null: its key lives on.') })
      .nullable(),
    events: z.array(
      auditEvent
        .pick({ id: true, at: true, action: true, subject: true, sequence: true })
        .extend({ by: recordedActor }),
    ),
    eventsLeftOut: z.boolean(),
    /** What an auditor may look for and Sallyport does not record; each with a sentence. */
    notRecorded: z.array(z.object({ what: z.string(), why: z.string() })),
  })
  .meta({ id: 'CertificateRecord' });
export type CertificateRecord = z.infer<typeof certificateRecord>;

export const certificateRecordQuery = z.object({
  format: z.enum(['json', 'html']).default('json').describe('`html`: pages to be printed or filed.'),
  download: z.enum(['true', 'false']).default('false').describe('Sent as a file.'),
});
