/** What is known of the revocation of our own client certificates. */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export interface ClientCertificateStatus {
  readonly clientCertificateId: string;
  readonly status: 'good' | 'revoked' | 'unknown' | 'not-applicable';
  readonly code: string;
  readonly message: string;
  readonly judgedAt: Date;
  /** Since when it has this status. */
  readonly since: Date;
}

/** Writes what was found; a change of the status is audited. Connectors only. */
export function recordClientCertificateStatus(
  store: Store,
  scope: Scope,
  customerId: string,
  status: Omit<ClientCertificateStatus, 'since'>,
): Promise<void> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{ changed: boolean }>`with before as (
        select status from client_certificate_status where client_certificate_id = ${status.clientCertificateId})
      insert into client_certificate_status as s (customer_id, client_certificate_id, status, code, message, judged_at, since)
        values (${customerId}, ${status.clientCertificateId}, ${status.status}, ${status.code}, ${status.message}, ${status.judgedAt}, ${status.judgedAt})
        on conflict (client_certificate_id) do update set status = excluded.status, code = excluded.code, message = excluded.message,
          judged_at = excluded.judged_at, since = case when s.status = excluded.status then s.since else excluded.since end
        returning (select status from before) is distinct from s.status as changed`.execute(tx);
    if (rows[0]?.changed !== true) return;
    await recordAuditEvent(tx, scope, {
      customerId,
      action: 'client-certificate.revocation',
      subject: `client-certificate:${status.clientCertificateId}`,
      detail: { status: status.status, code: status.code },
    });
  });
}

export function listClientCertificateStatuses(store: Store, scope: Scope): Promise<ClientCertificateStatus[]> {
  return inScopeOnce<ClientCertificateStatus>(
    store,
    scope,
    sql`select client_certificate_id as "clientCertificateId", status, code, message, judged_at as "judgedAt", since from client_certificate_status`,
  );
}
