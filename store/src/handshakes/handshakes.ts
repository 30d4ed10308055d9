import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export type HandshakePurpose = 'check' | 'proof' | 'sync' | 'canary';

/** One dial's evidence as it is stored; certificates apart, so that identical ones are kept once and counted. */
export interface HandshakeRecord {
  readonly id: string;
  readonly customerId: string;
  readonly connectionId: string;
  readonly at: Date;
  readonly purpose: HandshakePurpose;
  readonly verdict: 'accepted' | 'refused' | 'none';
  /** A full handshake in which neither side refused the other: what the daily proof asks for. */
  readonly isProof: boolean;
  readonly termsSha256: string;
  readonly connectorId: string;
  /** The five-check report, what was asked and sent, negotiated values, addresses, timings, error. JSON. */
  readonly evidence: unknown;
  /** Certificates as shown, DER, in the order shown. */
  readonly chain: readonly Uint8Array[];
}

export interface StoredHandshake extends Omit<HandshakeRecord, 'chain' | 'isProof'> {
  /** SHA-256 of each certificate shown, hexadecimal. */
  readonly chainSha256: readonly string[];
}

/** Writes a batch of evidence in one transaction. Those ids that are there already are left as they are. */
export async function insertHandshakes(store: Store, scope: Scope, records: readonly HandshakeRecord[]): Promise<void> {
  await inScopeOnce(store, scope, insertHandshakesStatement(records));
}

/**
 * The same as one statement, for a transaction that does more. A batch that is sent again after its answer was lost
 * changes nothing and is not counted again.
 */
export function insertHandshakesStatement(records: readonly HandshakeRecord[]): RawBuilder<unknown> {
  const shown = new Map<string, Uint8Array>();
  const rows = records.map(({ chain, ...record }) => {
    const chainSha256 = chain.map((der) => {
      const digest = createHash('sha256').update(der).digest('hex');
      shown.set(digest, der);
      return digest;
    });
    return { ...record, chainSha256 };
  });
  // Certificates in one order everywhere, so that two batches never wait for each other in a circle.
  return sql`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, "customerId" uuid, "connectionId" uuid, at timestamptz,
        purpose text, verdict text, "isProof" boolean, "termsSha256" text, "connectorId" text, evidence jsonb, "chainSha256" text[])),
    inserted as (
      insert into handshake (id, customer_id, connection_id, at, purpose, verdict, terms_sha256, connector_id, evidence, chain_sha256)
      select id, "customerId", "connectionId", at, purpose, verdict, "termsSha256", "connectorId", evidence,
        array(select decode(d, 'hex') from unnest("chainSha256") with ordinality as u (d, place) order by place) from given
      on conflict do nothing returning id, chain_sha256, at),
    latest as (
      select "connectionId" as id, max(g.at) filter (where "isProof") as proof_at,
        (array_agg(g.id order by g.at desc) filter (where purpose <> 'sync' or verdict <> 'accepted'))[1] as handshake_id,
        (array_agg(g.id order by g.at desc) filter (where verdict = 'accepted'))[1] as accepted_id, max(g.at) filter (where verdict = 'accepted') as accepted_at,
        max(g.at) filter (where verdict <> 'accepted') as refused_at
      from given g join inserted using (id) where purpose <> 'canary' group by 1),
    followed as (
      -- An accepted dial of a sync is no news, unless the last that was shown was refused: then it is over.
      update connection c set last_handshake_id = case
          when accepted_at > coalesce(refused_at, '-infinity') and latest.handshake_id is null
            and (select verdict from handshake h where h.id = c.last_handshake_id) is distinct from 'accepted' then accepted_id
          when accepted_at > refused_at and latest.handshake_id is not null then accepted_id
          else coalesce(latest.handshake_id, last_handshake_id) end,
        last_proof_at = greatest(last_proof_at, latest.proof_at) from latest where c.id = latest.id),
    shown as (
      select d as sha256, count(*) as seen, min(at) as first_at, max(at) as last_at from inserted, unnest(chain_sha256) as d group by d)
    insert into certificate_evidence as e (sha256, der, seen, first_seen_at, last_seen_at)
      select s.sha256, bytes.der, s.seen, s.first_at, s.last_at from shown s join unnest(
        ${[...shown.keys()].map((digest) => Buffer.from(digest, 'hex'))}::bytea[],
        ${[...shown.values()].map((der) => Buffer.from(der))}::bytea[]) as bytes (sha256, der) using (sha256) order by s.sha256
      on conflict (sha256) do update set seen = e.seen + excluded.seen, last_seen_at = greatest(e.last_seen_at, excluded.last_seen_at)`;
}

const columns = sql`id, customer_id as "customerId", connection_id as "connectionId", at, purpose, verdict, terms_sha256 as "termsSha256",
  connector_id as "connectorId", evidence, array(select encode(d, 'hex') from unnest(chain_sha256) d) as "chainSha256"`;

/** A connection's handshakes, newest first. `before` is the instant of the last one seen. */
export function listHandshakes(
  store: Store,
  scope: Scope,
  connectionId: string,
  options: { readonly limit: number; readonly before?: Date },
): Promise<StoredHandshake[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<StoredHandshake>`select ${columns} from handshake where connection_id = ${connectionId}
      and (${options.before ?? null}::timestamptz is null or at < ${options.before ?? null}) order by at desc limit ${options.limit}`.execute(
      tx,
    );
    return rows;
  });
}

export async function findHandshake(store: Store, scope: Scope, id: string): Promise<StoredHandshake | null> {
  const rows = await inScopeOnce(store, scope, sql<StoredHandshake>`select ${columns} from handshake where id = ${id}`);
  return rows[0] ?? null;
}

/** Those of `ids` that the scope may see, by id. */
export function findHandshakes(
  store: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredHandshake>> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql<StoredHandshake>`select ${columns} from handshake where id = any(${ids}::uuid[])`.execute(tx);
    return new Map(rows.map((row) => [row.id, row]));
  });
}

/** The bytes of certificates that were shown, by their SHA-256 in hexadecimal. */
export async function findCertificateEvidence(
  store: Store,
  sha256: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const { rows } = await sql<{
    sha256: string;
    der: Buffer;
  }>`select encode(sha256, 'hex') as sha256, der from certificate_evidence
    where sha256 = any(${sha256.map((digest) => Buffer.from(digest, 'hex'))}::bytea[])`.execute(store.db);
  return new Map(rows.map((row) => [row.sha256, row.der]));
}

/** A chain as a far side showed it last and we accepted it. */
export interface ShownChain {
  readonly connectionId: string;
  readonly handshakeId: string;
  readonly at: Date;
  /** DER, end entity first. */
  readonly chain: readonly Buffer[];
}

/** Of each of these connections the last chain that was accepted, by connection; those that have none are missing. */
export async function lastAcceptedChains(
  store: Store,
  scope: Scope,
  connectionIds: readonly string[],
): Promise<ReadonlyMap<string, ShownChain>> {
  const rows = await inScopeOnce<ShownChain>(
    store,
    scope,
    sql`select c.id as "connectionId", h.id as "handshakeId", h.at,
      array(select e.der from unnest(h.chain_sha256) with ordinality as u (d, place) join certificate_evidence e on e.sha256 = d order by place) as chain
      from unnest(${connectionIds}::uuid[]) as c (id) cross join lateral (
        select id, at, chain_sha256 from handshake where connection_id = c.id and verdict = 'accepted' and cardinality(chain_sha256) > 0
        order by at desc limit 1) h`,
  );
  return new Map(rows.map((row) => [row.connectionId, row]));
}

/** The last handshake of a connection at an instant or before; null where none is kept from then. */
export async function findHandshakeAt(
  store: Store,
  scope: Scope,
  connectionId: string,
  at: Date,
): Promise<StoredHandshake | null> {
  const rows = await inScopeOnce<StoredHandshake>(
    store,
    scope,
    sql`select ${columns} from handshake where connection_id = ${connectionId} and at <= ${at} order by at desc limit 1`,
  );
  return rows[0] ?? null;
}

/** Keeps a certificate that no far side showed, such as the anchor of a path, beside those that were shown. Connectors only. */
export async function keepCertificate(store: Store, der: Uint8Array, at: Date): Promise<void> {
  await sql`insert into certificate_evidence as e (sha256, der, seen, first_seen_at, last_seen_at)
    values (${createHash('sha256').update(der).digest()}, ${Buffer.from(der)}, 0, ${at}, ${at})
    on conflict (sha256) do update set last_seen_at = greatest(e.last_seen_at, excluded.last_seen_at)`.execute(
    store.db,
  );
}

/** Notes that a handshake's evidence was taken out as an archive. */
export async function noteEvidenceExport(store: Store, scope: Scope, handshake: StoredHandshake): Promise<void> {
  await inScope(store, scope, (tx) =>
    recordAuditEvent(tx, scope, {
      customerId: handshake.customerId,
      action: 'evidence.exported',
      subject: `connection:${handshake.connectionId}`,
      detail: { handshakeId: handshake.id },
    }),
  );
}
