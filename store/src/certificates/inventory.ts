/** The inventory as people see it: each certificate with what is said of it, what was judged, and who uses it. */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, NotFoundError, type Store, type Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import type { ClientCertificate } from './client-certificates.ts';

export interface CertificateUse {
  readonly certificateId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly pointer: 'current' | 'next' | 'previous';
}

export interface InventoryCertificate extends ClientCertificate {
  readonly domain: string | null;
  readonly custody: 'made-inside' | 'uploaded';
  readonly policy: 'public-third-party' | 'agreed-private-ca';
  readonly contacts: unknown;
  readonly requestId: string | null;
  /** As it was stored by a connector; null until one has judged it. */
  readonly judgement: unknown;
  readonly judgedAt: Date | null;
  readonly createdAt: Date;
  /** When, by whom and why it was retired; null while it may be used. */
  readonly retiredAt: Date | null;
  readonly retiredBy: string | null;
  readonly retiredReason: string | null;
  /** Null while it is not retired, and while another certificate of the same request still has the same key. */
  readonly keyDestroyedAt: Date | null;
  /** The roots that were agreed on; null where none were given. */
  readonly anchorsPem: string | null;
  /** A correction of what was said of it that waits, or was refused: a `StoredCorrection`, or null. */
  readonly correction: unknown;
}

/** Of `client_certificate c`, as an `InventoryCertificate`. */
export const inventoryColumns = sql`c.id, c.customer_id as "customerId", c.kind, c.name, c.chain_pem as "chainPem", c.sha256,
  c.not_before as "notBefore", c.not_after as "notAfter", c.is_default as "isDefault", c.domain, c.custody, c.policy, c.contacts,
  c.request_id as "requestId", c.judgement, c.judged_at as "judgedAt", c.created_at as "createdAt",
  c.retired_at as "retiredAt", c.retired_by as "retiredBy", c.retired_reason as "retiredReason", c.key_destroyed_at as "keyDestroyedAt",
  c.anchors_pem as "anchorsPem", c.correction`;

/** What the scope may see: a customer's own and the operator's; that which ends first stands first. Retired ones only if asked. */
export function listInventory(store: Store, scope: Scope, withRetired = false): Promise<InventoryCertificate[]> {
  return inScopeOnce(
    store,
    scope,
    sql<InventoryCertificate>`select ${inventoryColumns} from client_certificate c
      where ${withRetired} or c.retired_at is null order by c.not_after, c.id`,
  );
}

/** One certificate of the inventory, or null where the scope sees none. */
export async function findInventoryCertificate(
  store: Store,
  scope: Scope,
  id: string,
): Promise<InventoryCertificate | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<InventoryCertificate>`select ${inventoryColumns} from client_certificate c where c.id = ${id}`,
  );
  return rows[0] ?? null;
}

/** Which connections present, will present, or may go back to, which certificates; all, or those of one. */
export function listCertificateUses(
  store: Store,
  scope: Scope,
  certificateId: string | null = null,
): Promise<CertificateUse[]> {
  return inScopeOnce(
    store,
    scope,
    sql<CertificateUse>`select p.id as "certificateId", n.id as "connectionId", n.name as "connectionName",
        n.customer_id as "customerId", k.name as "customerName", p.pointer
      from certificate_slot s
      cross join lateral (values (s.current_id, 'current'), (s.next_id, 'next'), (s.previous_id, 'previous')) p (id, pointer)
      join connection n on n.slot_id = s.id join customer k on k.id = n.customer_id
      where p.id is not null and n.state <> 'retired' and (${certificateId}::uuid is null or p.id = ${certificateId}::uuid)
      order by k.name, n.name limit 20000`,
  );
}

/** Changes what people call it and who is asked; nothing of the certificate. @throws NotFoundError */
export async function describeCertificate(
  store: Store,
  scope: Scope,
  id: string,
  change: { readonly name?: string | undefined; readonly contacts?: unknown },
): Promise<void> {
  await inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      customerId: string;
    }>`update client_certificate set name = coalesce(${change.name ?? null}, name),
        contacts = coalesce(${change.contacts === undefined ? null : JSON.stringify(change.contacts)}::jsonb, contacts)
      where id = ${id} returning customer_id as "customerId"`.execute(tx);
    const [changed] = rows;
    if (changed === undefined) throw new NotFoundError('certificate');
    await recordAuditEvent(tx, scope, {
      customerId: changed.customerId,
      action: 'client-certificate.described',
      subject: `client-certificate:${id}`,
      detail: change,
    });
  });
}

/** What a source that was away leaves open: judged again in minutes, not in a day. */
const undecided = ['X509_REVOCATION_UNDETERMINED', 'X509_ISSUER_NOT_FOUND', 'chain-incomplete', 'revocation-held'];

/** Certificates that were not judged since `before`, or then not to the end, with the roots that were agreed on; connectors only. */
export function certificatesToJudge(store: Store, scope: Scope, before: Date): Promise<InventoryCertificate[]> {
  return inScopeOnce(
    store,
    scope,
    sql<InventoryCertificate>`select ${inventoryColumns} from client_certificate c where c.retired_at is null and (c.judged_at is null or c.judged_at < ${before}
        or (c.judged_at < now() - interval '5 minutes' and exists (
          select 1 from jsonb_array_elements(c.judgement -> 'findings') f where f ->> 'code' = any(${undecided}::text[])))) order by c.judged_at nulls first limit 100`,
  );
}

/**
 * Connectors only. Where the findings that count are others than before, that is an event: notices will begin with it.
 */
export async function recordJudgement(
  store: Store,
  scope: Scope,
  certificate: { readonly id: string; readonly customerId: string; readonly judgement: unknown },
  judgement: object,
): Promise<void> {
  const [before, now] = [findingsThatCount(certificate.judgement), findingsThatCount(judgement)];
  await inScope(store, scope, async (tx) => {
    await sql`update client_certificate set judgement = ${JSON.stringify(judgement)}::jsonb, judged_at = now()
      where id = ${certificate.id}`.execute(tx);
    await lookAtSwapsOf(tx, certificate.id);
    if (before.join() === now.join()) return;
    await recordAuditEvent(tx, scope, {
      customerId: certificate.customerId,
      action: 'client-certificate.findings-changed',
      subject: `client-certificate:${certificate.id}`,
      detail: { before, now },
    });
  });
}

/** A swap that waits for a judgement of its next certificate goes on now. */
export async function lookAtSwapsOf(tx: Tx, certificateId: string): Promise<void> {
  const { rows: waiting } =
    await sql`update swap set next_look_at = now() where next_id = ${certificateId} and state = 'proposed'
      returning id`.execute(tx);
  if (waiting.length > 0) await sql`select pg_notify('sallyport_swap', '')`.execute(tx);
}

/** Codes of what blocks or warns, each once, in order. */
export function findingsThatCount(judgement: unknown): readonly string[] {
  const { findings } = (judgement ?? {}) as { findings?: readonly { code?: string; severity?: string }[] };
  const codes = (findings ?? []).flatMap(({ code, severity }) => (severity === 'informs' ? [] : (code ?? [])));
  return [...new Set(codes)].toSorted();
}
