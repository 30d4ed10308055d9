/** What the doctor found of a connection, and the proof that its far side enforces mutual TLS. */
import { z } from 'zod';
import { actor } from './checks.ts';
import { instant, sha256, uuid } from './instant.ts';

/** `failure`: nothing works. `weakness`: it works, and should not stay so. */
const severity = z.enum(['failure', 'weakness', 'note']);
const certainty = z.enum(['certain', 'likely', 'possible']);

/** Where the far side's own log speaks of what we saw. */
const logSearch = z
  .object({
    utc: z.string(),
    local: z.string(),
    ourAddress: z.string().nullable(),
    ourPort: z.int().nullable(),
    serverName: z.string().nullable(),
    serialSent: z.string().nullable(),
    alertReceived: z.int().nullable(),
    texts: z.array(z.object({ product: z.string(), text: z.string() })),
  })
  .meta({ id: 'LogSearch' });

export const diagnosisFinding = z
  .object({
    rule: z.string().describe('Stable; docs/causes.md lists them.'),
    severity,
    certainty,
    cause: z.string(),
    actor,
    citation: z.string(),
    observation: z.object({ probe: z.string(), saw: z.string() }),
    whatToDo: z.string().describe('Follows "Please".'),
    textToSend: z.string(),
    tellApart: z.string(),
    farSideLog: logSearch.nullable(),
    repeatCommand: z.string(),
  })
  .meta({ id: 'DiagnosisFinding' });
export type DiagnosisFinding = z.infer<typeof diagnosisFinding>;

const identityOutcome = z.enum(['refused', 'accepted', 'unknown', 'not-tried']);

/** What one run saw of the far side's enforcement. */
const seenEnforcement = z
  .object({
    withoutCertificate: identityOutcome,
    throwAway: identityOutcome,
    otherName: identityOutcome,
    enforces: z.boolean().nullable(),
    identityProven: z.boolean().nullable(),
    statement: z.string(),
  })
  .meta({ id: 'SeenEnforcement' });

/** Since when the far side is seen to refuse whom it should; null where nothing was ever seen of it. */
export const enforcementProof = z
  .object({
    /** Null while that is not proven, or was disproven by the last run that looked. */
    refusesWithoutSince: instant.nullable(),
    refusesWrongSince: instant.nullable(),
    seenAt: instant,
    seen: seenEnforcement,
  })
  .meta({ id: 'EnforcementProof' });
export type EnforcementProof = z.infer<typeof enforcementProof>;

const probeRun = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z.enum(['positive', 'negative']),
    outcome: z.enum(['ran', 'not-needed', 'not-allowed', 'no-budget', 'stopped']),
    handshakes: z.int(),
    requests: z.int(),
    milliseconds: z.int(),
  })
  .meta({ id: 'ProbeRun' });

export const diagnosis = z
  .object({
    id: uuid,
    connectionId: uuid,
    at: instant,
    askedBy: z.enum(['person', 'failure']),
    negativeProbes: z.boolean(),
    termsSha256: sha256,
    connectorId: z.string(),
    verdict: z.enum(['works', 'weak', 'fails']),
    /** Ranked: the first one is the answer. */
    findings: z.array(diagnosisFinding),
    enforcement: seenEnforcement,
    probes: z.array(probeRun),
    handshakes: z.int(),
    requests: z.int(),
    milliseconds: z.int(),
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof diagnosis>;

/** GET /diagnoses/{id}: also everything that the probes saw. */
export const diagnosisDetail = diagnosis
  .extend({ observations: z.record(z.string(), z.unknown()) })
  .meta({ id: 'DiagnosisDetail' });
export type DiagnosisDetail = z.infer<typeof diagnosisDetail>;

/** POST /connections/{id}/doctor. Negative probes run only where the terms allow them. */
export const diagnosisWish = z
  .strictObject({ negativeProbes: z.boolean().default(false) })
  .meta({ id: 'DiagnosisWish' });
export type DiagnosisWish = z.input<typeof diagnosisWish>;

export const diagnosisQuery = z.object({ limit: z.coerce.number().int().min(1).max(50).default(10) });

/** GET /connections/{id}/doctor: the newest first. */
export const diagnosisList = z.object({ items: z.array(diagnosis) }).meta({ id: 'DiagnosisList' });
export type DiagnosisList = z.infer<typeof diagnosisList>;
