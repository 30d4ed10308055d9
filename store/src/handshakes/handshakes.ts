import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export type HandshakePurpose = 'check' | 'proof' | 'sync';

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
export function insertHandshakes(store: Store, scope: Scope, records: readonly HandshakeRecord[]): Promise<void> {
  return inScope(store, scope, async (tx) => {
    const certificates = new Map<string, { der: Uint8Array; count: number; at: Date }>();
    for (const record of records) {
      const digests = record.chain.map((der) => createHash('sha256').update(der).digest());
      const { rows } =
        await sql`insert into handshake (id, customer_id, connection_id, at, purpose, verdict, terms_sha256, connector_id, evidence, chain_sha256)
        values (${record.id}, ${record.customerId}, ${record.connectionId}, ${record.at}, ${record.purpose}, ${record.verdict},
          ${record.termsSha256}, ${record.connectorId}, ${JSON.stringify(record.evidence)}::jsonb, ${digests}::bytea[])
        on conflict do nothing returning 1`.execute(tx);
      // A batch that is sent again after an answer was lost is not counted again.
      if (rows.length === 0) continue;
      for (const [index, digest] of digests.entries()) {
        const known = certificates.get(digest.toString('hex'));
        if (known !== undefined) known.count += 1;
        else certificates.set(digest.toString('hex'), { der: record.chain[index] ?? digest, count: 1, at: record.at });
      }
      await sql`update connection set last_handshake_id = case when ${record.purpose} = 'sync' and ${record.verdict} = 'accepted' then last_handshake_id else ${record.id}::uuid end,
        last_proof_at = case when ${record.isProof} then greatest(last_proof_at, ${record.at}) else last_proof_at end
        where id = ${record.connectionId}`.execute(tx);
    }
    if (certificates.size === 0) return;
    // In one order everywhere, so that two batches never wait for each other in a circle.
    const sorted = [...certificates].toSorted(([a], [b]) => (a < b ? -1 : 1));
    await sql`insert into certificate_evidence as e (sha256, der, seen, first_seen_at, last_seen_at)
      select s.sha256, s.der, s.count, s.at, s.at from unnest(
        ${sorted.map(([sha256]) => Buffer.from(sha256, 'hex'))}::bytea[], ${sorted.map(([, { der }]) => Buffer.from(der))}::bytea[],
        ${sorted.map(([, { count }]) => count)}::bigint[], ${sorted.map(([, { at }]) => at)}::timestamptz[]) as s (sha256, der, count, at)
      on conflict (sha256) do update set seen = e.seen + excluded.seen, last_seen_at = greatest(e.last_seen_at, excluded.last_seen_at)`.execute(
      tx,
    );
  });
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

export function findHandshake(store: Store, scope: Scope, id: string): Promise<StoredHandshake | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<StoredHandshake>`select ${columns} from handshake where id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
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
