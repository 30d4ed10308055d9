import { sql, type RawBuilder } from 'kysely';
import { termsHash, type Terms } from '@sallyport/terms';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, NotFoundError, type Store, type Tx } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import { insertTerms } from '../terms/insert-terms.ts';
import { putProxyCredential } from '../secrets/proxy-credential.ts';
import { insertSealedSecret, type SealedSecret } from '../secrets/sealed-secrets.ts';

export type ConnectionState = 'draft' | 'checking' | 'active' | 'paused' | 'failing' | 'retired';

/** What stopped a connection, and who can act. */
export interface ConnectionError {
  readonly code: string;
  readonly message: string;
  readonly actor: string | null;
}

export interface Connection {
  readonly id: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly name: string;
  readonly state: ConnectionState;
  readonly stateSince: Date;
  readonly host: string;
  readonly terms: Terms;
  readonly termsSha256: string;
  readonly termsEffective: boolean;
  readonly slotId: string | null;
  readonly credentialSecretId: string;
  /** Null where the forward proxy is shown none, or there is no proxy. */
  readonly proxyCredentialSecretId: string | null;
  readonly isSandbox: boolean;
  readonly lastError: ConnectionError | null;
  readonly lastHandshakeId: string | null;
  readonly lastProofAt: Date | null;
  readonly enforcesSince: Date | null;
  /** Since when a connection without, and one with a wrong certificate is seen to be refused, and what was told of it last. */
  readonly refusesNoneSince: Date | null;
  readonly refusesWrongSince: Date | null;
  readonly enforcement: unknown;
  readonly createdAt: Date;
  readonly clientCertificate: {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly sha256: string;
    readonly notBefore: Date;
    readonly notAfter: Date;
  } | null;
  readonly sync: {
    readonly phase: 'idle' | 'running' | 'waiting' | 'stopped';
    readonly watermarkMilliseconds: number | null;
    readonly issuesStored: number;
    readonly sweepStored: number;
    readonly sweepTotal: number | null;
    readonly lastSweepAt: Date | null;
    /** While it waits: when it goes on. */
    readonly resumeAt: Date | null;
  } | null;
}

const selection = sql`c.id, c.customer_id as "customerId", k.name as "customerName", c.name, c.state, c.state_since as "stateSince", c.host,
  t.document as terms, t.sha256 as "termsSha256", t.effective_at is not null as "termsEffective", c.slot_id as "slotId",
  c.credential_secret_id as "credentialSecretId", c.proxy_credential_secret_id as "proxyCredentialSecretId", c.is_sandbox as "isSandbox", c.last_error as "lastError",
  c.last_handshake_id as "lastHandshakeId", c.last_proof_at as "lastProofAt", c.enforces_since as "enforcesSince",
  c.refuses_none_since as "refusesNoneSince", c.refuses_wrong_since as "refusesWrongSince", c.enforcement, c.created_at as "createdAt",
  case when cc.id is null then null else json_build_object('id', cc.id, 'kind', cc.kind, 'name', cc.name, 'sha256', cc.sha256,
    'notBefore', cc.not_before, 'notAfter', cc.not_after) end as "clientCertificate",
  case when y.connection_id is null then null else json_build_object('phase', y.phase, 'watermarkMilliseconds', y.watermark_ms,
    'issuesStored', y.issues_stored, 'sweepStored', y.sweep_stored, 'sweepTotal', y.sweep_total, 'lastSweepAt', y.last_sweep_at,
    'resumeAt', case when y.phase = 'waiting' then y.resume_at end) end as sync`;
const source = sql`connection c join customer k on k.id = c.customer_id
  join terms t on t.customer_id = c.customer_id and t.connection_id = c.id and t.version = c.terms_version
  left join certificate_slot s on s.id = c.slot_id
  left join client_certificate cc on cc.customer_id = s.current_owner_id and cc.id = s.current_id
  left join sync_state y on y.connection_id = c.id`;

/** All connections that the scope may see, by customer and name. */
export function listConnections(store: Store, scope: Scope): Promise<Connection[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql<Connection>`select ${selection} from ${source} where c.state <> 'retired' order by k.name, c.name`.execute(
        tx,
      );
    return rows.map(withDates);
  });
}

/** One connection, or null when there is none that the scope may see. */
export async function findConnection(store: Store, scope: Scope, id: string): Promise<Connection | null> {
  const rows = await inScopeOnce(store, scope, statementOf(id));
  return rows[0] === undefined ? null : withDates(rows[0]);
}

/** Within a transaction that has its scope. */
export async function connectionById(tx: Tx, id: string): Promise<Connection | null> {
  const { rows } = await statementOf(id).execute(tx);
  return rows[0] === undefined ? null : withDates(rows[0]);
}

function statementOf(id: string): RawBuilder<Connection> {
  return sql<Connection>`select ${selection} from ${source} where c.id = ${id}`;
}

/** Instants inside JSON arrive as text. */
function withDates(row: Connection): Connection {
  const date = (value: Date | null): Date | null => (value === null ? null : new Date(value));
  return {
    ...row,
    clientCertificate: row.clientCertificate && {
      ...row.clientCertificate,
      notBefore: new Date(row.clientCertificate.notBefore),
      notAfter: new Date(row.clientCertificate.notAfter),
    },
    sync: row.sync && { ...row.sync, lastSweepAt: date(row.sync.lastSweepAt), resumeAt: date(row.sync.resumeAt) },
  };
}

/** The host belongs to another customer; an operator may confirm that both use it. */
export class HostTakenError extends Error {
  readonly code = 'host-belongs-to-another-customer';
  constructor(host: string) {
    super(`${host} is another customer's Jira. If both really use it, confirm it; the confirmation is audited.`);
  }
}

export interface NewConnection {
  readonly customerId: string;
  readonly name: string;
  readonly terms: Terms;
  /** A newly sealed one, or the id of one that this customer has already. */
  readonly credential: SealedSecret | string;
  /** Newly sealed; left out where the forward proxy is shown none. */
  readonly proxyCredential?: SealedSecret | null;
  /** Null takes the operator's default certificate, or none where the terms go without. */
  readonly clientCertificateId: string | null;
  readonly isSandbox: boolean;
  /** An operator's word that two customers share this host. */
  readonly hostConfirmed: boolean;
}

/** Creates a draft with its first terms, its slot and its sealed credential: all of it or nothing. */
export function insertConnection(store: Store, scope: Scope, connection: NewConnection): Promise<Connection> {
  return inScope(store, scope, async (tx) => {
    const { customerId, terms } = connection;
    const host = new URL(terms.baseUrl).hostname.toLowerCase();
    await claimHost(tx, scope, host, customerId, connection.hostConfirmed);
    const credential = connection.credential;
    if (typeof credential !== 'string') await insertSealedSecret(tx, credential);
    const credentialId = typeof credential === 'string' ? credential : credential.id;
    const slotId = terms.clientCertificate.required
      ? await insertSlot(tx, customerId, connection.clientCertificateId)
      : null;
    const { rows } = await sql<{
      id: string;
    }>`insert into connection (customer_id, name, host, slot_id, credential_secret_id, is_sandbox)
      values (${customerId}, ${connection.name}, ${host}, ${slotId}, ${credentialId}, ${connection.isSandbox}) returning id`.execute(
      tx,
    );
    const id = rows[0]?.id ?? '';
    await insertTerms(tx, scope, customerId, id, terms, []);
    await putProxyCredential(tx, id, connection.proxyCredential ?? null);
    await sql`select take_terms_into_effect(${id}::uuid, ${terms.version}::int, ${termsHash(terms)}, null)`.execute(tx);
    await sql`insert into sync_state (customer_id, connection_id) values (${customerId}, ${id})`.execute(tx);
    await recordAuditEvent(tx, scope, {
      customerId,
      action: 'connection.created',
      subject: `connection:${id}`,
      detail: {
        termsSha256: termsHash(terms),
        withoutClientCertificate: terms.clientCertificate.required ? null : terms.clientCertificate.reason,
      },
    });
    const created = await connectionById(tx, id);
    if (created === null) throw new NotFoundError('connection');
    return created;
  });
}

async function claimHost(tx: Tx, scope: Scope, host: string, customerId: string, confirmed: boolean): Promise<void> {
  const { rows } = await sql<{
    customerId: string;
  }>`select customer_id as "customerId" from host_owner where host = ${host}`.execute(tx);
  if (rows.some((owner) => owner.customerId === customerId)) return;
  if (rows.length > 0 && !confirmed) throw new HostTakenError(host);
  await sql`insert into host_owner (host, customer_id, confirmed_by) values (${host}, ${customerId}, ${rows.length > 0 ? scope.actor : null})`.execute(
    tx,
  );
  if (rows.length > 0) {
    await recordAuditEvent(tx, scope, { customerId, action: 'host.shared', subject: `host:${host}` });
  }
}

async function insertSlot(tx: Tx, customerId: string, certificateId: string | null): Promise<string> {
  const { rows: chosen } = await sql<{
    id: string;
    owner: string;
  }>`select id, customer_id as owner from client_certificate
    where case when ${certificateId}::uuid is null then is_default else id = ${certificateId}::uuid end
      and retired_at is null and customer_id in (${customerId}, ${operatorId})`.execute(tx);
  if (certificateId !== null && chosen.length === 0) throw new NotFoundError('client certificate');
  const { rows } = await sql<{ id: string }>`insert into certificate_slot (customer_id, current_owner_id, current_id)
    values (${customerId}, ${chosen[0]?.owner ?? null}, ${chosen[0]?.id ?? null}) returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
