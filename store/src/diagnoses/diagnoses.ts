/** What the doctor found of a connection, kept; and the proof of enforcement that follows from it. */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export interface DiagnosisRecord {
  readonly customerId: string;
  readonly connectionId: string;
  readonly at: Date;
  readonly askedBy: 'person' | 'failure';
  readonly negativeProbes: boolean;
  readonly termsSha256: string;
  readonly connectorId: string;
  readonly verdict: 'works' | 'weak' | 'fails';
  /** Of the first finding; null where there is none. */
  readonly topRule: string | null;
  readonly topActor: string | null;
  readonly handshakes: number;
  readonly requests: number;
  readonly milliseconds: number;
  /** Findings, enforcement, probes and observations. JSON. */
  readonly document: unknown;
}

export interface StoredDiagnosis extends DiagnosisRecord {
  readonly id: string;
}

/** What a run says of the far side's enforcement; null where it says nothing of the kind. */
export interface SeenEnforcement {
  /** Without a certificate: refused (true), let in (false), not known (null). */
  readonly refusesNone: boolean | null;
  /** With a wrong one: the same. */
  readonly refusesWrong: boolean | null;
  /** Kept beside, as it was told. JSON. */
  readonly told: unknown;
}

const columns = sql`id, customer_id as "customerId", connection_id as "connectionId", at, asked_by as "askedBy",
  negative_probes as "negativeProbes", terms_sha256 as "termsSha256", connector_id as "connectorId", verdict, top_rule as "topRule",
  top_actor as "topActor", handshakes, requests, milliseconds, document`;

/** Stores a diagnosis, and with it since when the far side is seen to enforce; gives its id. */
export function insertDiagnosis(
  store: Store,
  scope: Scope,
  record: DiagnosisRecord,
  enforcement: SeenEnforcement | null,
): Promise<string> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`insert into diagnosis (customer_id, connection_id, at, asked_by, negative_probes,
        terms_sha256, connector_id, verdict, top_rule, top_actor, handshakes, requests, milliseconds, document)
      values (${record.customerId}, ${record.connectionId}, ${record.at}, ${record.askedBy}, ${record.negativeProbes},
        ${record.termsSha256}, ${record.connectorId}, ${record.verdict}, ${record.topRule}, ${record.topActor}, ${record.handshakes},
        ${record.requests}, ${record.milliseconds}, ${JSON.stringify(record.document)}::jsonb) returning id`.execute(
      tx,
    );
    const id = rows[0]?.id ?? '';
    if (enforcement !== null) {
      // A later proof keeps the day of the first; what was disproven begins anew.
      const since = (column: 'refuses_none_since' | 'refuses_wrong_since', seen: boolean | null) =>
        seen === null ? sql.ref(column) : seen ? sql`coalesce(${sql.ref(column)}, ${record.at})` : sql`null`;
      await sql`update connection set refuses_none_since = ${since('refuses_none_since', enforcement.refusesNone)},
        refuses_wrong_since = ${since('refuses_wrong_since', enforcement.refusesWrong)},
        enforcement = ${JSON.stringify(enforcement.told)}::jsonb where id = ${record.connectionId}`.execute(tx);
      // greatest() passes nulls over: both must have been seen.
      await sql`update connection set enforces_since = case when refuses_none_since is null or refuses_wrong_since is null then null
        else greatest(refuses_none_since, refuses_wrong_since) end where id = ${record.connectionId}`.execute(tx);
    }
    await recordAuditEvent(tx, scope, {
      customerId: record.customerId,
      action: 'connection.diagnosed',
      subject: `connection:${record.connectionId}`,
      detail: {
        diagnosisId: id,
        verdict: record.verdict,
        topRule: record.topRule,
        negativeProbes: record.negativeProbes,
      },
    });
    return id;
  });
}

/** The newest first. */
export function listDiagnoses(
  store: Store,
  scope: Scope,
  connectionId: string,
  options: { readonly limit: number },
): Promise<StoredDiagnosis[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<StoredDiagnosis>`select ${columns} from diagnosis where connection_id = ${connectionId}
        order by at desc limit ${options.limit}`.execute(tx);
    return rows;
  });
}

/** Null where the scope may see no such diagnosis. */
export function findDiagnosis(store: Store, scope: Scope, id: string): Promise<StoredDiagnosis | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<StoredDiagnosis>`select ${columns} from diagnosis where id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}
