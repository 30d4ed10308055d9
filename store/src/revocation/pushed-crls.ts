/** CRLs of agreed private CAs that their customers brought: one for each authority of a connection. */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, NotFoundError, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** Bytes. */
export const largestPushedCrl = 10 * 1024 * 1024;

export interface PushedCrlFacts {
  /** Who signed it (RFC 4514). */
  readonly authority: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly entries: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
}

export interface PushedCrl extends PushedCrlFacts {
  readonly pushedAt: Date;
  readonly pushedBy: string;
}

/** One that is held already is newer: taking this would forget revocations. */
export class PushedCrlOlderError extends Error {
  readonly code = 'crl-older-than-held';
  constructor(held: Date) {
    super(`A CRL of this authority from ${held.toISOString()} is held already, and this one is older.`);
  }
}

/** Keeps the CRL in place of the one before; an older one is refused. It was read strictly and its signature verified. */
export function storePushedCrl(
  store: Store,
  scope: Scope,
  connectionId: string,
  crl: PushedCrlFacts & { readonly der: Uint8Array },
): Promise<void> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      customerId: string;
      held: Date | null;
    }>`select c.customer_id as "customerId", p.this_update as held from connection c
      left join pushed_crl p on p.connection_id = c.id and p.authority = ${crl.authority} where c.id = ${connectionId} for update of c`.execute(
      tx,
    );
    const found = rows[0];
    if (found === undefined) throw new NotFoundError('connection');
    if (found.held !== null && found.held > crl.thisUpdate) throw new PushedCrlOlderError(found.held);
    await sql`insert into pushed_crl (customer_id, connection_id, authority, sha256, der, entries, this_update, next_update, pushed_by)
      values (${found.customerId}, ${connectionId}, ${crl.authority}, ${Buffer.from(crl.sha256, 'hex')}, ${Buffer.from(crl.der)}, ${crl.entries},
        ${crl.thisUpdate}, ${crl.nextUpdate}, ${scope.actor})
      on conflict (connection_id, authority) do update set sha256 = excluded.sha256, der = excluded.der, entries = excluded.entries,
        this_update = excluded.this_update, next_update = excluded.next_update, pushed_at = date_trunc('milliseconds', clock_timestamp()), pushed_by = excluded.pushed_by`.execute(
      tx,
    );
    await recordAuditEvent(tx, scope, {
      customerId: found.customerId,
      action: 'crl.pushed',
      subject: `connection:${connectionId}`,
      detail: { authority: crl.authority, sha256: crl.sha256, entries: crl.entries },
    });
  });
}

const facts = sql`authority, encode(sha256, 'hex') as sha256, entries, this_update as "thisUpdate", next_update as "nextUpdate",
  pushed_at as "pushedAt", pushed_by as "pushedBy"`;

export function listPushedCrls(store: Store, scope: Scope, connectionId: string): Promise<PushedCrl[]> {
  return inScopeOnce<PushedCrl>(
    store,
    scope,
    sql`select ${facts} from pushed_crl where connection_id = ${connectionId} order by authority`,
  );
}

/** With its bytes and whose it is: what connectors take. */
export interface NewPushedCrl extends PushedCrl {
  readonly connectionId: string;
  readonly customerId: string;
  readonly der: Buffer;
}

/** Those for connections of a group whose bytes are not known yet, a few at a time. `known` are digests in hexadecimal. */
export function newPushedCrls(
  store: Store,
  scope: Scope,
  egressGroup: string,
  known: readonly string[],
): Promise<NewPushedCrl[]> {
  return inScopeOnce<NewPushedCrl>(
    store,
    scope,
    sql`select p.connection_id as "connectionId", p.customer_id as "customerId", p.der, p.authority, encode(p.sha256, 'hex') as sha256, p.entries,
      p.this_update as "thisUpdate", p.next_update as "nextUpdate", p.pushed_at as "pushedAt", p.pushed_by as "pushedBy"
      from pushed_crl p join connection c on c.customer_id = p.customer_id and c.id = p.connection_id
      join terms t on t.customer_id = c.customer_id and t.connection_id = c.id and t.version = c.terms_version
      where c.state <> 'retired' and t.document ->> 'egressGroup' = ${egressGroup}
        and not (encode(p.sha256, 'hex') = any(${known}::text[]))
      order by p.pushed_at limit 5`,
  );
}
