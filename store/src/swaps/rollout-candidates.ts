/** Which connections could move to a certificate, with all that decides about it, in a few statements whatever their number. */
import { sql } from 'kysely';
import {
  classOf,
  openCalendar,
  stricterMatching,
  swapRules,
  type Calendar,
  type RolloutCandidate,
  type SwapMatching,
} from '@sallyport/lifecycle';
import type { Terms } from '@sallyport/terms';
import { inScope, NotFoundError, type Store, type Tx } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import { certificateFacts, certificateJson, type CertificateJson } from './swap-rows.ts';

export interface RolloutPlan {
  readonly certificateId: string;
  /** Null: what most connections use. */
  readonly replaces: string | null;
  /** Null: all that use it. */
  readonly connectionIds: readonly string[] | null;
  readonly matching: SwapMatching | null;
  readonly emergency: boolean;
  readonly changeNumber: string | null;
}

/** A certificate of the operator that connections present now. */
export interface CertificateInUse {
  readonly id: string;
  readonly name: string;
  readonly notAfter: Date;
  readonly isUnusable: boolean;
  readonly connections: number;
}

export interface StoredCandidate extends RolloutCandidate {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly host: string;
  /** A swap of its own is under way: it is left out. */
  readonly openSwapId: string | null;
}

export interface RolloutCandidates {
  readonly now: number;
  readonly operatorCalendar: Calendar;
  readonly next: CertificateJson;
  /** The most used first; without the next one. */
  readonly inUse: readonly CertificateInUse[];
  readonly replaces: string | null;
  /** In the order in which they would move. */
  readonly candidates: readonly StoredCandidate[];
}

interface Row {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly host: string;
  readonly currentId: string | null;
  readonly isRefused: boolean;
  readonly swaps: Terms['swaps'] | null;
  readonly openSwapId: string | null;
}

/** @throws NotFoundError where the certificate is none of the operator's */
export function rolloutCandidates(store: Store, scope: Scope, plan: RolloutPlan): Promise<RolloutCandidates> {
  return inScope(store, scope, async (tx) => {
    const { rows: clock } = await sql<{ now: number; calendar: Calendar | null }>`select
      floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now, (select document from operator_calendar) as calendar`.execute(
      tx,
    );
    const now = clock[0]?.now ?? 0;
    const operatorCalendar = clock[0]?.calendar ?? openCalendar;
    const [nextJson] = await certificates(tx, [plan.certificateId]);
    if (nextJson === undefined || nextJson.ownerId !== operatorId)
      throw new NotFoundError('certificate of the operator');
    const inUse = await certificatesInUse(tx, plan.certificateId, now);
    const replaces = plan.connectionIds === null ? (plan.replaces ?? inUse[0]?.id ?? null) : plan.replaces;
    const rows = await candidateRows(tx, plan, replaces);
    const currents = new Map(
      (await certificates(tx, [...new Set(rows.flatMap(({ currentId }) => currentId ?? []))])).map((one) => [
        one.id,
        one,
      ]),
    );
    const next = certificateFacts(nextJson, operatorId);
    const candidates = rows.map(({ currentId, swaps, ...row }): StoredCandidate => {
      const json = currents.get(currentId ?? '');
      const current = json === undefined ? null : certificateFacts(json, row.customerId);
      const rules = swapRules(swaps ?? undefined);
      return {
        ...row,
        now,
        rules,
        current,
        next,
        emergency: plan.emergency,
        changeNumber: plan.changeNumber,
        swapClass:
          next.identity === null
            ? 'new-ca'
            : classOf(current?.identity ?? null, next.identity, stricterMatching(rules.matching, plan.matching)),
        operatorCalendar,
        customerCalendar: swaps?.calendar ?? openCalendar,
      };
    });
    return { now, operatorCalendar, next: nextJson, inUse, replaces, candidates };
  });
}

async function candidateRows(
  tx: Tx,
  { certificateId, connectionIds }: RolloutPlan,
  replaces: string | null,
): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select n.id as "connectionId", n.name as "connectionName", n.customer_id as "customerId",
      k.name as "customerName", n.host, p.current_id as "currentId", p.generation = any(p.refused_generations) as "isRefused", t.document -> 'swaps' as swaps,
      (select s.id from swap s where s.slot_id = p.id and s.state not in ('done', 'cancelled', 'rolled-back') limit 1) as "openSwapId"
    from connection n join customer k on k.id = n.customer_id join certificate_slot p on p.id = n.slot_id
    join terms t on t.customer_id = n.customer_id and t.connection_id = n.id and t.version = n.terms_version
    where n.state <> 'retired' and p.current_id is distinct from ${certificateId}::uuid
      and case when ${connectionIds === null}::boolean then p.current_id = ${replaces}::uuid else n.id = any(${connectionIds ?? []}::uuid[]) end
    order by n.created_at, n.id`.execute(tx);
  return rows;
}

async function certificates(tx: Tx, ids: readonly string[]): Promise<CertificateJson[]> {
  const { rows } = await sql<{
    json: CertificateJson;
  }>`select ${certificateJson('c', 'cs')} as json from client_certificate c
    left join client_certificate_status cs on cs.client_certificate_id = c.id where c.id = any(${ids}::uuid[])`.execute(
    tx,
  );
  return rows.map(({ json }) => json);
}

async function certificatesInUse(tx: Tx, nextId: string, now: number): Promise<CertificateInUse[]> {
  const { rows } = await sql<
    CertificateInUse & { status: string | null }
  >`select c.id, c.name, c.not_after as "notAfter",
      cs.status, count(*)::int as connections
    from connection n join certificate_slot p on p.id = n.slot_id join client_certificate c on c.id = p.current_id
    left join client_certificate_status cs on cs.client_certificate_id = c.id
    where n.state <> 'retired' and c.customer_id = ${operatorId} and c.id <> ${nextId}::uuid
    group by c.id, c.name, c.not_after, cs.status order by count(*) desc, c.not_after`.execute(tx);
  return rows.map(({ status, ...row }) => ({
    ...row,
    isUnusable: status === 'revoked' || row.notAfter.getTime() <= now,
  }));
}
