/** What is on record of one certificate: where its key lies, how it came, who was asked about it, and its swaps. */
import { sql } from 'kysely';
import { listAuditEvents } from '../audit/list-audit-events.ts';
import type { AuditEvent } from '../audit/audit-chain.ts';
import { inScopeAtOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { listSwaps, type StoredSwapEvent } from '../swaps/list-swaps.ts';
import type { StoredSwap } from '../swaps/swap-rows.ts';

/** A key of connectors that a certificate's key is sealed to. */
export interface KeyPlace {
  readonly sealKeyId: string;
  readonly state: 'current' | 'retiring' | 'retired';
  readonly connectors: readonly string[];
}

export interface RecordedUpload {
  readonly id: string;
  readonly state: 'waiting' | 'taken' | 'refused';
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
}

export interface RecordedRequest {
  readonly id: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

export interface RecordedSource {
  readonly kind: 'crl' | 'ocsp';
  readonly url: string;
  readonly authority: string;
  readonly host: string | null;
  readonly thisUpdate: Date | null;
  readonly nextUpdate: Date | null;
  readonly fetchedAt: Date | null;
}

export interface StoredCertificateRecord {
  readonly keyPlaces: readonly KeyPlace[];
  readonly request: RecordedRequest | null;
  readonly uploads: readonly RecordedUpload[];
  readonly sources: readonly RecordedSource[];
  /** Newest first. */
  readonly swaps: readonly (StoredSwap & { readonly events: readonly StoredSwapEvent[] })[];
  readonly swapsLeftOut: boolean;
  /** Versions of terms by their hash, of the connections of these swaps. */
  readonly termsVersions: ReadonlyMap<string, number>;
  /** Oldest first. */
  readonly auditEvents: readonly AuditEvent[];
  readonly auditEventsLeftOut: boolean;
  /** Of people by `person:<id>`, of tokens by `token:<id>`; a token's person, where it has one. */
  readonly actors: ReadonlyMap<string, RecordedName>;
}

export interface RecordedName {
  readonly name: string;
  readonly personId: string | null;
}

const mostSwaps = 100;
const mostEvents = 500;

/** Of a certificate that the scope sees; swaps and events are those that the scope sees too. */
export async function readCertificateRecord(
  store: Store,
  scope: Scope,
  certificateId: string,
): Promise<StoredCertificateRecord> {
  const [listed, newest] = await Promise.all([
    listSwaps(store, scope, { certificateId }),
    listAuditEvents(store, scope, { certificateId, limit: mostEvents + 1 }),
  ]);
  const swaps = listed.slice(0, mostSwaps);
  const [keyPlaces, requests, uploads, sources, events, terms, actors] = await inScopeAtOnce<
    [
      KeyPlace,
      RecordedRequest,
      RecordedUpload,
      RecordedSource,
      StoredSwapEvent & { swapId: string },
      { connectionId: string; sha256: string; version: number },
      RecordedName & { actor: string },
    ]
  >(store, scope, [
    sql`select k.id as "sealKeyId", k.state, array(select c.id from connector c where k.id = any(c.seal_keys)
        and c.heartbeat_at > now() - interval '15 seconds' order by c.id) as connectors
      from certificate_seal_keys(${certificateId}::uuid) s join seal_key k on k.id = s.seal_key_id order by k.created_at, k.id`,
    sql`select r.id, r.requested_by as "requestedBy", r.requested_at as "requestedAt"
      from certificate_request r join client_certificate c on c.request_id = r.id where c.id = ${certificateId}`,
    sql`select u.id, u.state, u.uploaded_by as "uploadedBy", u.uploaded_at as "uploadedAt"
      from certificate_upload u where u.certificate_id = ${certificateId} order by u.uploaded_at limit 100`,
    sql`select u.kind, u.url, u.authority, s.host, s.this_update as "thisUpdate", s.next_update as "nextUpdate", s.fetched_at as "fetchedAt"
      from revocation_use u left join revocation_source s on s.kind = u.kind and s.url = u.url and s.subject = u.subject
      where u.client_certificate_id = ${certificateId} order by u.authority, u.kind, u.url, s.host limit 200`,
    sql`select e.swap_id as "swapId", e.id::text, e.at, e.from_state as "from", e.to_state as "to", e.step, e.actor, e.evidence
      from swap_event e where e.swap_id = any(${swaps.map(({ id }) => id)}::uuid[]) order by e.id limit 10000`,
    sql`select connection_id as "connectionId", sha256, version from terms
      where connection_id = any(${[...new Set(swaps.map(({ connectionId }) => connectionId))]}::uuid[])`,
    sql`select 'person:' || id as actor, name, id as "personId" from person
      union all select 'token:' || id, name, person_id from api_token`,
  ]);
  const eventsOf = Map.groupBy(events, ({ swapId }) => swapId);
  return {
    keyPlaces,
    request: requests[0] ?? null,
    uploads,
    sources,
    swaps: swaps.map((swap) => ({ ...swap, events: eventsOf.get(swap.id) ?? [] })),
    swapsLeftOut: listed.length > mostSwaps,
    termsVersions: new Map(terms.map(({ connectionId, sha256, version }) => [`${connectionId} ${sha256}`, version])),
    auditEvents: newest.slice(0, mostEvents).toReversed(),
    auditEventsLeftOut: newest.length > mostEvents,
    actors: new Map(actors.map(({ actor, ...name }) => [actor, name])),
  };
}
