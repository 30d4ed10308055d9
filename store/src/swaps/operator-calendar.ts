/** The operator's own hours and freeze periods; the customer's are in the terms. */
import { sql } from 'kysely';
import { openCalendar, type Calendar } from '@sallyport/lifecycle';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';

/** Open at any time, in UTC, until somebody writes one. */
export async function readOperatorCalendar(store: Store): Promise<Calendar> {
  const { rows } = await sql<{ document: Calendar }>`select document from operator_calendar`.execute(store.db);
  return rows[0]?.document ?? openCalendar;
}

export function writeOperatorCalendar(store: Store, scope: Scope, calendar: Calendar): Promise<void> {
  return inScope(store, scope, async (tx) => {
    await sql`insert into operator_calendar (document, changed_by) values (${JSON.stringify(calendar)}::jsonb, ${scope.actor})
      on conflict (only_row) do update set document = excluded.document, changed_by = excluded.changed_by, changed_at = now()`.execute(
      tx,
    );
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'calendar.changed',
      subject: 'calendar:operator',
      detail: { timeZone: calendar.timeZone, freezes: calendar.freezes.length },
    });
  });
}
