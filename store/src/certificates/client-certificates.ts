import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store, type Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { insertSealedSecret, type SealedSecret } from '../secrets/sealed-secrets.ts';

export type ClientCertificateKind = 'operator-wildcard' | 'operator-named' | 'customer-custom';

export interface ClientCertificate {
  readonly id: string;
  /** Who owns it: a customer, or the operator. */
  readonly customerId: string;
  readonly kind: ClientCertificateKind;
  readonly name: string;
  /** End entity first. */
  readonly chainPem: string;
  readonly sha256: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isDefault: boolean;
}

/** What is said of a certificate that comes in, besides the certificate; what is left out is unknown, or not so. */
export interface AboutCertificate {
  readonly domain?: string | null;
  readonly custody?: 'made-inside' | 'uploaded';
  readonly policy?: 'public-third-party' | 'agreed-private-ca';
  /** The roots of an agreed private CA. */
  readonly anchorsPem?: string | null;
  readonly contacts?: unknown;
  /** The request that it answers; its key is then that of the request. */
  readonly requestId?: string | null;
  readonly judgement?: unknown;
}

const columns = sql`c.id, c.customer_id as "customerId", c.kind, c.name, c.chain_pem as "chainPem", c.sha256,
  c.not_before as "notBefore", c.not_after as "notAfter", c.is_default as "isDefault"`;

/** The certificates that the scope may use: a customer's own and the operator's, and none that is retired. */
export function listClientCertificates(store: Store, scope: Scope): Promise<ClientCertificate[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql<ClientCertificate>`select ${columns} from client_certificate c where c.retired_at is null order by c.not_after`.execute(
        tx,
      );
    return rows;
  });
}

/** Stores a certificate and its sealed key together; gives null when it is there already. */
export function insertClientCertificate(
  store: Store,
  scope: Scope,
  certificate: Omit<ClientCertificate, 'id'> & AboutCertificate,
  key: SealedSecret,
): Promise<ClientCertificate | null> {
  return inScope(store, scope, (tx) => addClientCertificate(tx, scope, certificate, key));
}

/** The same inside a transaction; `key` is a secret to be stored, or the id of one that is. */
export async function addClientCertificate(
  tx: Tx,
  scope: Scope,
  certificate: Omit<ClientCertificate, 'id'> & AboutCertificate,
  key: SealedSecret | string,
): Promise<ClientCertificate | null> {
  // Two that bring the same certificate at the same moment take turns: the second finds it there. It has one owner.
  await sql`select pg_advisory_xact_lock(hashtextextended(${certificate.sha256}, 0))`.execute(tx);
  const { rows: present } = await sql`select 1 from client_certificate where sha256 = ${certificate.sha256}
      and (customer_id = ${certificate.customerId}::uuid or retired_at is null)`.execute(tx);
  if (present.length > 0) return null;
  if (typeof key !== 'string') await insertSealedSecret(tx, key);
  if (certificate.isDefault) await sql`update client_certificate set is_default = false where is_default`.execute(tx);
  const json = (value: unknown): string | null => (value == null ? null : JSON.stringify(value));
  const { rows } = await sql<ClientCertificate>`insert into client_certificate as c
      (customer_id, kind, name, chain_pem, sha256, not_before, not_after, key_secret_id, is_default, domain, custody, policy,
        anchors_pem, contacts, request_id, judgement, judged_at)
      values (${certificate.customerId}, ${certificate.kind}, ${certificate.name}, ${certificate.chainPem}, ${certificate.sha256},
        ${certificate.notBefore}, ${certificate.notAfter}, ${typeof key === 'string' ? key : key.id}, ${certificate.isDefault},
        ${certificate.domain ?? null}, ${certificate.custody ?? 'uploaded'}, ${certificate.policy ?? 'public-third-party'},
        ${certificate.anchorsPem ?? null}, ${json(certificate.contacts)}::jsonb, ${certificate.requestId ?? null}::uuid,
        ${json(certificate.judgement)}::jsonb, case when ${certificate.judgement != null} then now() end) returning ${columns}`.execute(
    tx,
  );
  const inserted = rows[0];
  if (inserted === undefined) return null;
  await recordAuditEvent(tx, scope, {
    customerId: certificate.customerId,
    action: 'client-certificate.added',
    subject: `client-certificate:${inserted.id}`,
    detail: {
      kind: certificate.kind,
      name: certificate.name,
      sha256: certificate.sha256,
      custody: certificate.custody ?? 'uploaded',
    },
  });
  return inserted;
}

/** What a slot presents now, with the id of the sealed key; for connectors. */
export interface BoundCertificate extends ClientCertificate {
  readonly keySecretId: string;
  readonly generation: number;
  readonly isRevoked: boolean;
  /** The far side refused this generation of the slot, and nothing led back. */
  readonly isRefused: boolean;
}

/** The current certificate of a connection's slot, or the one that is to come; null while none is bound. */
export async function currentCertificateOf(
  store: Store,
  scope: Scope,
  connectionId: string,
  pointer: 'current' | 'next' = 'current',
): Promise<BoundCertificate | null> {
  const [owner, id] =
    pointer === 'current' ? [sql`s.current_owner_id`, sql`s.current_id`] : [sql`s.next_owner_id`, sql`s.next_id`];
  const rows = await inScopeOnce(
    store,
    scope,
    sql<BoundCertificate>`select ${columns}, c.key_secret_id as "keySecretId", s.generation::int, coalesce(cs.status = 'revoked', false) as "isRevoked",
        ${pointer === 'current'} and s.generation = any(s.refused_generations) as "isRefused"
      from connection n join certificate_slot s on s.id = n.slot_id
      join client_certificate c on c.customer_id = ${owner} and c.id = ${id}
      left join client_certificate_status cs on cs.client_certificate_id = c.id where n.id = ${connectionId}`,
  );
  return rows[0] ?? null;
}
