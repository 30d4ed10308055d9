/** Evidence of dials on its way into the database: kept in memory, written in batches, each with its connection. */
import { randomUUID } from 'node:crypto';
import {
  housekeepingScope,
  insertHandshakes,
  type HandshakePurpose,
  type HandshakeRecord,
  type Store,
} from '@sallyport/store';
import { createEvidenceSink, type BatchingSink, type DialEvidence, type EvidenceSink } from '@sallyport/tls-dialer';
import { errorFields, type Log } from '../log.ts';
import type { BoundConnection } from './bound-connection.ts';

/** What came of our certificate and of the first request; null where that is not known. */
export interface DialAftermath {
  readonly clientCertificateOutcome: string | null;
  readonly httpStatus: number | null;
  readonly error?: { readonly code: string; readonly message: string; readonly actor: string | null } | null;
}

export interface Evidence {
  /** A sink for the dials of one connection. */
  sinkFor(bound: BoundConnection, purpose: HandshakePurpose): EvidenceSink;
  /** Writes what waits; false when something still waits. */
  close(): Promise<boolean>;
}

interface Context {
  readonly id: string;
  readonly bound: BoundConnection;
  readonly purpose: HandshakePurpose;
}

export function collectEvidence(store: Store, connectorId: string, log: Log): Evidence {
  const contexts = new WeakMap<DialEvidence, Context>();
  const scope = housekeepingScope(`connector:${connectorId}`);
  const sink: BatchingSink = createEvidenceSink({
    clock: Date.now,
    write: (batch) =>
      insertHandshakes(
        store,
        scope,
        batch.flatMap((evidence) => {
          const context = contexts.get(evidence);
          return context === undefined ? [] : [handshakeRecord(connectorId, context, evidence, null)];
        }),
      ),
    onWriteFailed: (error, waiting) => log.warn({ event: 'evidence.not-written', waiting, ...errorFields(error) }),
  });
  return {
    sinkFor: (bound, purpose) => ({
      admits: sink.admits,
      take: (evidence) => {
        contexts.set(evidence, { id: randomUUID(), bound, purpose });
        sink.take(evidence);
        bound.revocation?.dialled(bound, evidence);
      },
    }),
    close: sink.close,
  };
}

/** The evidence of one dial as it is stored, under an id of its own. */
export function evidenceRecord(
  connectorId: string,
  bound: BoundConnection,
  purpose: HandshakePurpose,
  evidence: DialEvidence,
  aftermath: DialAftermath | null = null,
): HandshakeRecord {
  bound.revocation?.dialled(bound, evidence);
  return handshakeRecord(connectorId, { id: randomUUID(), bound, purpose }, evidence, aftermath);
}

function handshakeRecord(
  connectorId: string,
  { id, bound, purpose }: Context,
  { chain, staple: _keptByItsDigest, ...evidence }: DialEvidence,
  aftermath: DialAftermath | null,
): HandshakeRecord {
  const { connection } = bound;
  const clientCertificateOutcome = aftermath?.clientCertificateOutcome ?? outcomeOf(evidence);
  return {
    id,
    customerId: connection.customerId,
    connectionId: connection.id,
    at: new Date(evidence.at),
    purpose,
    verdict: evidence.report.verdict,
    // Some enforcers finish the handshake and refuse our certificate in HTTP: that proves nothing to either side.
    isProof: evidence.report.verdict === 'accepted' && clientCertificateOutcome !== 'refused',
    termsSha256: connection.termsSha256,
    connectorId,
    evidence: {
      ...evidence,
      error: aftermath?.error ?? evidence.error,
      termsVersion: connection.terms.version,
      clientCertificateName: evidence.clientCertificate.sent ? (bound.clientCertificate?.name ?? null) : null,
      clientCertificateOutcome,
      httpStatus: aftermath?.httpStatus ?? null,
    },
    chain: chain.map((certificate) => Buffer.from(certificate, 'base64')),
  };
}

/** What the dial alone shows; whether a certificate was accepted, only an answer tells. */
function outcomeOf(evidence: Omit<DialEvidence, 'chain'>): string {
  if (evidence.error?.code === 'client-certificate-refused') return 'refused';
  if (evidence.tls === null) return 'unknown';
  return evidence.clientCertificate.requested ? 'unknown' : 'not-requested';
}
