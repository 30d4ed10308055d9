/** What the validator's report says about revocation beyond the check: which source answered, what could still be fetched, and why it did not come. */
import { createHash } from 'node:crypto';
import type { FiveCheckReport } from '@sallyport/tls-policy';
import type { Certificate, IssuerKey, ReportEntry, ValidationReport } from '@sallyport/x509';
import type { RevocationAnswer } from './dial-evidence.ts';
import type { FetchedSource, HeldRevocation } from './revocation-data.ts';

/** Certificates of a path that is refused, or would be, for nothing but what nobody at hand says about their revocation. */
export interface Undecided {
  readonly certificates: readonly Certificate[];
  /** The rest of the path, and its anchor. */
  readonly issuers: readonly IssuerKey[];
}

/** Null where everything is decided, or where something else refuses: then nobody is asked. */
export function undecidedOf({ entries, path, anchor }: ValidationReport): Undecided | null {
  if (anchor === null || entries.some(({ outcome }) => outcome === 'fail')) return null;
  const unknown = entries.filter(({ outcome }) => outcome === 'unknown');
  const certificates = unknown.flatMap(({ certificateIndex }) => path[certificateIndex ?? -1] ?? []);
  return certificates.length === 0 ? null : { certificates, issuers: [...path.slice(1), anchor] };
}

/** The answers that decided, one for each certificate that has one. */
export function answersOf(
  { entries }: ValidationReport,
  held: HeldRevocation,
  staple: Uint8Array | null,
): readonly RevocationAnswer[] {
  return entries.flatMap((entry) => answerOf(entry, held, staple) ?? []);
}

function answerOf(entry: ReportEntry, held: HeldRevocation, staple: Uint8Array | null): RevocationAnswer | null {
  const { source, origin, thisUpdate, nextUpdate } = entry.evidence;
  if ((entry.outcome !== 'pass' && entry.outcome !== 'fail') || (source !== 'crl' && source !== 'ocsp')) return null;
  const url = typeof origin === 'string' && origin !== 'staple' ? origin : null;
  const from = origin === 'staple' ? 'staple' : url?.startsWith('pushed') === true ? 'pushed' : 'held';
  return {
    certificateIndex: entry.certificateIndex,
    kind: source,
    from,
    url,
    sha256: from === 'staple' && staple !== null ? digestOf(staple) : hashOf(source, url, held),
    thisUpdate: text(thisUpdate),
    nextUpdate: text(nextUpdate),
  };
}

/** Of what came from that origin; null where who holds it does not say. */
function hashOf(kind: 'crl' | 'ocsp', url: string | null, held: HeldRevocation): string | null {
  const items: readonly unknown[] = kind === 'crl' ? held.crls : held.ocspResponses;
  for (const item of items) {
    const { origin, sha256 } = item as { origin?: unknown; sha256?: unknown };
    if (origin === url && typeof sha256 === 'string') return sha256;
  }
  return null;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The report, in which an unknown revocation says which sources failed and how. The verdict stays. */
export function withFailures(report: FiveCheckReport, failures: readonly FetchedSource[]): FiveCheckReport {
  const { revocation } = report.checks;
  const [first, ...more] = failures;
  if (first === undefined || revocation.status !== 'unknown') return report;
  const others =
    more.length === 0 ? '' : ` (${more.length} more ${more.length === 1 ? 'source' : 'sources'} failed too)`;
  return {
    ...report,
    checks: {
      ...report.checks,
      revocation: {
        ...revocation,
        message: `${revocation.message} ${first.url} was asked: ${first.message}${others}`,
        actor: first.actor ?? revocation.actor,
        evidence: {
          ...revocation.evidence,
          sourceCode: first.code,
          sourceUrl: first.url,
          sourceKind: first.kind,
          ...(more.length === 0 ? {} : { sourceCodes: failures.map(({ code }) => code).join(', ') }),
        },
      },
    },
  };
}
