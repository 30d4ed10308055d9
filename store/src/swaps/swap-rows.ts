/** Swaps as they are stored, with everything that their next step is decided from, read in one statement. */
import { sql, type RawBuilder } from 'kysely';
import {
  chainIdentity,
  classOf,
  openCalendar,
  stricterMatching,
  swapRules,
  type Approval,
  type Calendar,
  type ChainIdentity,
  type ReadCounts,
  type SwapActor,
  type SwapCertificateFacts,
  type SwapFacts,
  type SwapMatching,
  type SwapRefusal,
  type SwapState,
} from '@sallyport/lifecycle';
import type { Terms } from '@sallyport/terms';
import { operatorId } from '../scope.ts';

/** JSON inside a row: instants are epoch milliseconds. */
export interface CertificateJson {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly kind: string;
  readonly sha256: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly status: string | null;
  readonly judged: boolean;
  /** The first finding of its judgement that keeps it out; null where there is none, or it was not judged yet. */
  readonly blocks: SwapRefusal | null;
  readonly chainPem: string;
}

export interface SwapApprovalRow extends Approval {
  readonly by: string;
  readonly byName: string | null;
}

/** What was stored of the last canary. */
export interface StoredCanary {
  readonly at: number;
  readonly connectorId: string;
  readonly verdict: 'accepted' | 'refused' | 'failed';
  readonly code: string | null;
  readonly message: string | null;
  readonly sha256: string;
  readonly termsSha256: string;
  readonly addresses: readonly unknown[];
  readonly differences: readonly string[];
}

interface StoredObservation {
  readonly accepted: number;
  readonly lastAcceptedAt: number | null;
  readonly lastTriedAt: number | null;
  readonly lastMessage: string | null;
  /** Reads that failed; absent in what was kept before they were counted. */
  readonly failed?: number;
  readonly lastActor?: SwapActor | null;
}

interface SwapRow {
  readonly id: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly connectionState: string;
  readonly host: string;
  readonly slotId: string;
  readonly rolloutId: string | null;
  readonly cohort: number | null;
  readonly rolloutState: string | null;
  readonly rolloutCohort: number | null;
  readonly state: SwapState;
  readonly stateSince: number;
  readonly blockedIn: SwapState | null;
  readonly reason: SwapRefusal | null;
  readonly resumeAskedAt: number | null;
  readonly generation: number;
  readonly activeGeneration: number | null;
  readonly matching: SwapMatching | null;
  readonly emergency: boolean;
  readonly windowStartsAt: number | null;
  readonly windowEndsAt: number | null;
  readonly changeNumber: string | null;
  readonly note: string | null;
  readonly trustedAt: number | null;
  readonly trustedBy: string | null;
  readonly canaryAt: number | null;
  readonly canaryAskedAt: number | null;
  readonly canary: StoredCanary | null;
  readonly activatedAt: number | null;
  readonly observationSeconds: number;
  readonly observation: StoredObservation | null;
  readonly finishAskedAt: number | null;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly isWorkedOn: boolean;
  readonly now: number;
  readonly terms: Terms;
  readonly termsSha256: string;
  readonly slot: SwapFacts['slot'];
  readonly next: CertificateJson;
  readonly current: CertificateJson | null;
  readonly approvals: readonly SwapApprovalRow[];
  readonly operatorCalendar: Calendar | null;
  readonly counts: { readonly after: Counts; readonly before: Counts } | null;
}

interface Counts {
  readonly handshakes: number;
  readonly failed: number;
  readonly refused: number;
}

/** A swap with its facts; both are of one instant of the database's clock. */
export interface StoredSwap extends SwapRow {
  readonly facts: SwapFacts;
}

const ms = (expression: string): RawBuilder<unknown> =>
  sql.raw(`floor(extract(epoch from ${expression}) * 1000)::float8`);
/** A certificate with its status, as JSON inside a row. */
export const certificateJson = (alias: string, status: string): RawBuilder<unknown> =>
  sql`json_build_object('id', ${sql.ref(`${alias}.id`)}, 'ownerId', ${sql.ref(`${alias}.customer_id`)}, 'name', ${sql.ref(`${alias}.name`)},
    'kind', ${sql.ref(`${alias}.kind`)}, 'sha256', ${sql.ref(`${alias}.sha256`)}, 'notBefore', ${ms(`${alias}.not_before`)},
    'notAfter', ${ms(`${alias}.not_after`)}, 'judged', ${sql.ref(`${alias}.judged_at`)} is not null,
    'blocks', jsonb_path_query_first(${sql.ref(`${alias}.judgement`)}, '$.findings[*] ? (@.severity == "blocks")'), 'status', ${sql.ref(`${status}.status`)}, 'chainPem', ${sql.ref(`${alias}.chain_pem`)})`;
const counts = (from: string, until: string): RawBuilder<unknown> =>
  sql`(select json_build_object('handshakes', count(*), 'failed', count(*) filter (where h.verdict <> 'accepted'),
    'refused', count(*) filter (where h.evidence ->> 'clientCertificateOutcome' = 'refused'))
    from handshake h where h.connection_id = s.connection_id and h.purpose <> 'canary' and h.at >= ${sql.raw(from)} and h.at < ${sql.raw(until)})`;

const selection = sql`s.id, s.customer_id as "customerId", k.name as "customerName", s.connection_id as "connectionId", n.name as "connectionName",
  n.state as "connectionState", n.host, s.slot_id as "slotId", s.rollout_id as "rolloutId", s.cohort, r.state as "rolloutState",
  r.cohort as "rolloutCohort", s.state, ${ms('s.state_since')} as "stateSince", s.blocked_in as "blockedIn", s.reason,
  ${ms('s.resume_asked_at')} as "resumeAskedAt", s.generation::int, s.active_generation::int as "activeGeneration", s.matching, s.emergency,
  ${ms('s.window_starts_at')} as "windowStartsAt", ${ms('s.window_ends_at')} as "windowEndsAt", s.change_number as "changeNumber", s.note,
  ${ms('s.trusted_at')} as "trustedAt", s.trusted_by as "trustedBy", ${ms('s.canary_at')} as "canaryAt",
  ${ms('s.canary_asked_at')} as "canaryAskedAt", s.canary, ${ms('s.activated_at')} as "activatedAt",
  s.observation_seconds as "observationSeconds", s.observation, ${ms('s.finish_asked_at')} as "finishAskedAt", s.proposed_by as "proposedBy",
  ${ms('s.proposed_at')} as "proposedAt", coalesce(s.worked_until > now(), false) as "isWorkedOn", ${ms('clock_timestamp()')} as now,
  t.document as terms, t.sha256 as "termsSha256",
  json_build_object('generation', p.generation, 'currentId', p.current_id, 'nextId', p.next_id, 'previousId', p.previous_id,
    'refused', p.generation = any(p.refused_generations)) as slot,
  ${certificateJson('x', 'xs')} as next, case when c.id is null then null else ${certificateJson('c', 'cs')} end as current,
  (select coalesce(json_agg(json_build_object('side', a.side, 'by', a.by, 'byName', a.by_name, 'at', ${ms('a.at')}, 'sha256', a.sha256,
    'windowStartsAt', ${ms('a.window_starts_at')}, 'windowEndsAt', ${ms('a.window_ends_at')}, 'termsSha256', a.terms_sha256) order by a.at), '[]')
    from swap_approval a where a.swap_id = s.id) as approvals,
  (select document from operator_calendar) as "operatorCalendar",
  case when s.activated_at is null or s.state in ('done', 'rolled-back') then null else json_build_object(
    'after', ${counts('s.activated_at', "'infinity'")},
    'before', ${counts('s.activated_at - (now() - s.activated_at)', 's.activated_at')}) end as counts`;
const source = sql`swap s join connection n on n.id = s.connection_id join customer k on k.id = s.customer_id
  join terms t on t.customer_id = n.customer_id and t.connection_id = n.id and t.version = n.terms_version join certificate_slot p on p.id = s.slot_id
  join client_certificate x on x.customer_id = s.next_owner_id and x.id = s.next_id
  left join client_certificate_status xs on xs.client_certificate_id = x.id
  left join client_certificate c on c.customer_id = s.current_owner_id and c.id = s.current_id
  left join client_certificate_status cs on cs.client_certificate_id = c.id
  left join rollout r on r.id = s.rollout_id`;

/** Those that a condition on `s` names. */
export function swapStatement(condition: RawBuilder<unknown>): RawBuilder<SwapRow> {
  return sql<SwapRow>`select ${selection} from ${source} where ${condition}`;
}

export function withFacts(row: SwapRow): StoredSwap {
  return { ...row, facts: factsOf(row) };
}

function factsOf(row: SwapRow): SwapFacts {
  const rules = swapRules(row.terms.swaps);
  const next = certificateFacts(row.next, row.customerId);
  const current = row.current === null ? null : certificateFacts(row.current, row.customerId);
  const { calendar } = row.terms.swaps ?? {};
  const { windowStartsAt, windowEndsAt, observation, counts: counted } = row;
  return {
    ...row,
    next,
    current,
    rules,
    // A chain that cannot be read is refused by the guards; until then it counts as all new.
    swapClass:
      next.identity === null
        ? 'new-ca'
        : classOf(current?.identity ?? null, next.identity, stricterMatching(rules.matching, row.matching)),
    connectionRetired: row.connectionState === 'retired',
    connectionPaused: row.connectionState === 'paused',
    window:
      windowStartsAt === null || windowEndsAt === null ? null : { startsAt: windowStartsAt, endsAt: windowEndsAt },
    operatorCalendar: row.operatorCalendar ?? openCalendar,
    customerCalendar: calendar ?? openCalendar,
    observation:
      counted === null
        ? null
        : {
            seconds: row.observationSeconds,
            accepted: observation?.accepted ?? 0,
            lastAcceptedAt: observation?.lastAcceptedAt ?? null,
            lastTriedAt: observation?.lastTriedAt ?? null,
            lastMessage: observation?.lastMessage ?? null,
            lastActor: observation?.lastActor ?? null,
            reads: {
              after: readsOf(observation),
              before: readsBefore(row.canary),
            },
            ...counted,
          },
    heldByRollout: row.rolloutId !== null && (row.cohort === null || row.rolloutState !== 'moving'),
  };
}

function readsOf(observation: StoredObservation | null): ReadCounts {
  const { accepted = 0, failed = 0 } = observation ?? {};
  return { made: accepted + failed, failed };
}

/** What the canary made of the certificate before, on each address. */
function readsBefore(canary: StoredCanary | null): ReadCounts {
  const looks = (canary?.addresses ?? []).flatMap((address) => {
    const { current } = address as { current?: { outcome?: string } | null };
    return current == null ? [] : [current.outcome];
  });
  return { made: looks.length, failed: looks.filter((outcome) => outcome !== 'accepted').length };
}

/** What decides about it, seen from a customer's connection. */
export function certificateFacts(json: CertificateJson, customerId: string): SwapCertificateFacts {
  const { id, ownerId, sha256, notBefore, notAfter, status, judged } = json;
  return {
    id,
    sha256,
    notBefore,
    notAfter,
    judged,
    blockedBy: json.blocks && { code: json.blocks.code, message: json.blocks.message, actor: json.blocks.actor },
    revoked: status === null || status === 'unknown' ? null : status === 'revoked',
    owner: ownerId === operatorId ? 'operator' : ownerId === customerId ? 'customer' : 'stranger',
    identity: identityOf(sha256, json.chainPem),
  };
}

const identities = new Map<string, { readonly chainPem: string; readonly identity: ChainIdentity | null }>();
const mostRemembered = 1000;

/** Many swaps bring the same certificate: it is read once, as long as its chain is the same text. */
function identityOf(sha256: string, chainPem: string): ChainIdentity | null {
  const known = identities.get(sha256);
  if (known !== undefined && known.chainPem === chainPem) return known.identity;
  if (identities.size >= mostRemembered) identities.clear();
  const identity = chainIdentity(chainPem);
  identities.set(sha256, { chainPem, identity });
  return identity;
}
