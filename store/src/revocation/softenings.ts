/**
 * Emergency softening of one authority, when its servers are down and every connection under it would stop: proposed by
 * one person, approved by another, at most three days, and it ends by itself. A certificate that is known as revoked is
 * refused all the same.
 */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';

export interface Softening {
  readonly id: string;
  /** Issuer of the certificates it is about (RFC 4514). */
  readonly authority: string;
  readonly reason: string;
  readonly hours: number;
  readonly proposedBy: { readonly id: string; readonly name: string };
  readonly proposedAt: Date;
  /** Null until a second person approved it: then it is in force. */
  readonly approvedBy: { readonly id: string; readonly name: string } | null;
  readonly approvedAt: Date | null;
  readonly endsAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: { readonly id: string; readonly name: string } | null;
}

export const longestSofteningHours = 72;

/** It cannot be approved by this person, or it has ended. */
export class SofteningError extends Error {
  readonly code: 'softening-not-approvable' | 'softening-ended';
  constructor(code: 'softening-not-approvable' | 'softening-ended') {
    super(
      code === 'softening-ended'
        ? 'This softening has ended, or there is none.'
        : 'A softening is approved within a day, once, and by another person than who proposed it.',
    );
    this.code = code;
  }
}

/** Proposes one; nothing is softer by it. */
export function proposeSoftening(
  store: Store,
  scope: Scope,
  proposal: {
    readonly authority: string;
    readonly reason: string;
    readonly hours: number;
    readonly personId: string;
  },
): Promise<string> {
  return inScope(store, scope, async (tx) => {
    const { authority, reason, hours, personId } = proposal;
    const { rows } = await sql<{ id: string }>`insert into revocation_softening (authority, reason, hours, proposed_by)
      values (${authority}, ${reason}, ${hours}, ${personId}) returning id`.execute(tx);
    const id = rows[0]?.id ?? '';
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'revocation-softening.proposed',
      subject: `revocation-softening:${id}`,
      detail: { authority, reason, hours },
    });
    return id;
  });
}

/** Puts it in force; throws `SofteningError` for who proposed it, for a second time, and after a day. */
export function approveSoftening(store: Store, scope: Scope, id: string, personId: string): Promise<void> {
  return change(store, scope, id, 'approved', 'softening-not-approvable', sql`approve_softening(${id}, ${personId})`);
}

/** Ends it before its time; any person may. */
export function endSoftening(store: Store, scope: Scope, id: string, personId: string): Promise<void> {
  return change(store, scope, id, 'ended', 'softening-ended', sql`end_softening(${id}, ${personId})`);
}

async function change(
  store: Store,
  scope: Scope,
  id: string,
  deed: string,
  code: SofteningError['code'],
  call: ReturnType<typeof sql>,
): Promise<void> {
  await inScope(store, scope, async (tx) => {
    await sql`select ${call}`.execute(tx).catch((error: unknown) => {
      // check_violation: the function's own word.
      throw (error as { code?: unknown }).code === '23514' ? new SofteningError(code) : error;
    });
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: `revocation-softening.${deed}`,
      subject: `revocation-softening:${id}`,
    });
  });
}

/** The newest first; what was proposed and never approved is among them. */
export async function listSoftenings(store: Store): Promise<Softening[]> {
  const { rows } = await sql<Softening>`select s.id, s.authority, s.reason, s.hours, s.proposed_at as "proposedAt",
    s.approved_at as "approvedAt", s.ends_at as "endsAt", s.ended_at as "endedAt", json_build_object('id', p.id, 'name', p.name) as "proposedBy",
    case when a.id is null then null else json_build_object('id', a.id, 'name', a.name) end as "approvedBy",
    case when e.id is null then null else json_build_object('id', e.id, 'name', e.name) end as "endedBy"
    from revocation_softening s join person p on p.id = s.proposed_by left join person a on a.id = s.approved_by
    left join person e on e.id = s.ended_by order by s.proposed_at desc limit 200`.execute(store.db);
  return rows;
}

/** By how many connections each of these authorities is named as an issuer in the chain that was shown last. */
export function connectionsUnder(
  store: Store,
  scope: Scope,
  authorities: readonly string[],
): Promise<Map<string, number>> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      authority: string;
      count: number;
    }>`select p ->> 'issuer' as authority, count(distinct c.id)::int as count
      from connection c join handshake h on h.id = c.last_handshake_id
      cross join lateral jsonb_path_query(h.evidence, '$.report.path[*]') p
      where c.state <> 'retired' and p ->> 'issuer' = any(${authorities}::text[]) group by 1`.execute(tx);
    return new Map(rows.map(({ authority, count }) => [authority, count]));
  });
}

/** What is in force at an instant; also for connectors, who do not know the people. */
export async function softeningsInForce(
  store: Store,
  at: Date,
): Promise<readonly { readonly id: string; readonly authority: string; readonly endsAt: Date }[]> {
  const { rows } = await sql<{ id: string; authority: string; endsAt: Date }>`select id, authority, ends_at as "endsAt"
    from revocation_softening where approved_by <> proposed_by and ended_at is null and approved_at <= ${at} and ends_at > ${at}
      and ends_at <= approved_at + interval '72 hours' order by ends_at`.execute(store.db);
  return rows;
}
