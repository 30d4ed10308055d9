/** A stored dial as the API shows it. Evidence is JSON that connectors wrote; what is missing or odd becomes null. */
import {
  checkNames,
  clientCertificateOutcome,
  fiveCheckReport,
  finding as findingSchema,
  handshakeProxy,
  revocationAnswer,
  type Finding,
  type Handshake,
} from '@sallyport/console-api';
import type { StoredHandshake } from '@sallyport/store';
import { z } from 'zod';

const nullableText = z.string().nullable().catch(null);
const nothingSent = { requested: false, sent: false, acceptedIssuers: [] };

const storedEvidence = z.object({
  host: z.string().catch(''),
  port: z.int().catch(443),
  address: nullableText,
  sourceAddress: nullableText,
  policy: z.string().catch(''),
  report: fiveCheckReport.nullable().catch(null),
  clientCertificate: z
    .object({
      requested: z.boolean().catch(false),
      sent: z.boolean().catch(false),
      acceptedIssuers: z.array(z.string()).catch([]),
    })
    .catch(nothingSent),
  clientCertificateName: nullableText,
  clientCertificateOutcome: clientCertificateOutcome.nullable().catch(null),
  tls: z.object({ protocol: z.string(), suite: z.string(), keyExchange: nullableText }).nullable().catch(null),
  proxy: handshakeProxy.optional().catch(undefined),
  httpStatus: z.int().nullable().catch(null),
  heldMilliseconds: z.number().nullable().catch(null),
  termsVersion: z.int().nullable().catch(null),
  timings: z.record(z.string(), z.unknown()).catch({}),
  error: findingSchema.nullable().catch(null),
  revocation: z.array(revocationAnswer).optional().catch(undefined),
});

/** `stored` with its evidence read. */
export function shownHandshake(stored: StoredHandshake): Handshake {
  const { timings, ...evidence } = storedEvidence.parse(isRecord(stored.evidence) ? stored.evidence : {});
  return {
    id: stored.id,
    connectionId: stored.connectionId,
    at: stored.at.toISOString(),
    purpose: stored.purpose,
    verdict: stored.verdict,
    connectorId: stored.connectorId,
    termsSha256: stored.termsSha256,
    ...evidence,
    timings: Object.fromEntries(
      Object.entries(timings).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    ),
    chainSha256: [...stored.chainSha256],
  };
}

/**
 * What kept this dial from being usable: the first check that failed, else how it ended, else a refusal of our
 * certificate. Null where both sides accepted.
 */
export function findingOf(handshake: Handshake): Finding | null {
  const { report, verdict, error, clientCertificateOutcome: outcome } = handshake;
  const failed =
    report === null || verdict === 'accepted'
      ? undefined
      : checkNames.find((name) => report.checks[name].status === 'fail');
  if (report !== null && failed !== undefined) {
    // More telling than the dial's own error, which says only that the checks refused.
    const { code, message, actor } = report.checks[failed];
    return { code, message, actor };
  }
  if (error !== null) return error;
  if (outcome === 'refused') {
    const message = 'The far side refused our client certificate.';
    return { code: 'client-certificate-refused', message, actor: 'customer' };
  }
  if (verdict === 'accepted') return null;
  return { code: 'not-accepted', message: 'The dial was not accepted.', actor: 'operator' };
}

/** First end of a certificate on the judged path, RFC 3339; the anchor is none of the path's. */
export function pathEnd(handshake: Handshake | null): string | null {
  const ends = (handshake?.report?.path ?? [])
    .filter(({ role }) => role !== 'anchor')
    .map(({ notAfter }) => Date.parse(notAfter));
  const first = Math.min(...ends.filter((end) => !Number.isNaN(end)));
  return Number.isFinite(first) ? new Date(first).toISOString() : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
