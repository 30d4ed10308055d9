/** One full handshake and one read with one certificate, on one address: what the far side makes of it. */
import { openJiraClient } from '@sallyport/jira-client';
import type { HandshakePurpose, HandshakeRecord } from '@sallyport/store';
import { Deadline, resolveHost, type DialEvidence } from '@sallyport/tls-dialer';
import type { BoundConnection } from '../connections/bound-connection.ts';
import { dialTarget } from '../connections/dial-target.ts';
import { evidenceRecord } from '../connections/evidence.ts';
import { refusesCertificate } from '../connections/take-back.ts';
import { shownError } from '../shown-error.ts';

export interface CertificateLook {
  /** Null: through the forward proxy, or nothing was dialled. */
  readonly address: string | null;
  readonly outcome: 'accepted' | 'refused' | 'failed';
  readonly code: string | null;
  readonly message: string | null;
  readonly actor: string | null;
  readonly protocol: string | null;
  readonly suite: string | null;
  readonly httpStatus: number | null;
  readonly account: string | null;
  readonly handshakeId: string | null;
  readonly milliseconds: number;
}

/** For the look-up of the addresses. */
const resolveMilliseconds = 10_000;
/** For one look: the dial has a deadline of its own. */
const lookMilliseconds = 30_000;

/** Every address of the far side; one null where a forward proxy resolves. @throws DialError, BindingError */
export async function addressesOf(bound: BoundConnection): Promise<readonly (string | null)[]> {
  const { host, allowPrivate, proxy } = dialTarget(bound);
  if (proxy != null) return [null];
  const deadline = new Deadline(resolveMilliseconds);
  try {
    return await resolveHost(host, allowPrivate, deadline);
  } finally {
    deadline.end();
  }
}

/** Looks once; `keep` gets the evidence to be stored. */
export async function lookWith(
  connectorId: string,
  bound: BoundConnection,
  purpose: HandshakePurpose,
  address: string | null,
  keep: (record: HandshakeRecord) => void,
): Promise<CertificateLook> {
  const began = performance.now();
  let evidence: DialEvidence | null = null;
  const target = dialTarget(bound);
  const { jira } = openJiraClient({
    terms: bound.connection.terms,
    credential: bound.credential,
    first: {
      number: bound.binding?.generation ?? 0,
      target: () => (address === null ? target : { ...target, connectTo: { host: address, port: target.port } }),
      sink: { admits: () => true, take: (seen) => void (evidence ??= seen) },
    },
    connections: 1,
    clock: Date.now,
  });
  try {
    const answer = await jira.identify(AbortSignal.timeout(lookMilliseconds));
    const error = answer.ok ? null : answer.error;
    const isRefused = error !== null && refusesCertificate(error);
    const shown = error === null ? null : shownError(error);
    const httpStatus = answer.ok ? 200 : answer.error.status;
    // Assigned in a callback, which the compiler does not see.
    const seen = evidence as DialEvidence | null;
    const record =
      seen === null
        ? null
        : evidenceRecord(connectorId, bound, purpose, seen, {
            clientCertificateOutcome: isRefused ? 'refused' : httpStatus === null ? 'unknown' : 'accepted',
            httpStatus,
            error: shown,
          });
    if (record !== null) keep(record);
    return {
      address,
      outcome: error === null ? 'accepted' : isRefused ? 'refused' : 'failed',
      code: shown?.code ?? null,
      message: shown?.message ?? null,
      actor: shown?.actor ?? null,
      protocol: seen?.tls?.protocol ?? null,
      suite: seen?.tls?.suite ?? null,
      httpStatus,
      account: answer.ok ? answer.value.name : null,
      handshakeId: record?.id ?? null,
      milliseconds: Math.round(performance.now() - began),
    };
  } finally {
    await jira.close();
  }
}
