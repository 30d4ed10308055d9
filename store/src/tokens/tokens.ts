import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly personId: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

const columns = sql`id, name, person_id as "personId", created_at as "createdAt", last_used_at as "lastUsedAt"`;

/** Keeps a new token's hash. Gives null when that token exists already. */
export function insertToken(
  store: Store,
  scope: Scope,
  token: { readonly tokenSha256: Buffer; readonly personId: string | null; readonly name: string },
): Promise<ApiToken | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<ApiToken>`insert into api_token (token_sha256, person_id, name)
      values (${token.tokenSha256}, ${token.personId}, ${token.name}) on conflict do nothing returning ${columns}`.execute(
      tx,
    );
    const inserted = rows[0];
    if (inserted === undefined) return null;
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'token.added',
      subject: `token:${inserted.id}`,
      detail: { name: token.name },
    });
    return inserted;
  });
}

/** The token of this hash unless it was revoked; its use is noted, at most once a minute. */
export async function findToken(store: Store, tokenSha256: Buffer): Promise<ApiToken | null> {
  const { rows } =
    await sql<ApiToken>`select ${columns} from api_token where token_sha256 = ${tokenSha256} and revoked_at is null`.execute(
      store.db,
    );
  const found = rows[0];
  if (found === undefined) return null;
  await sql`update api_token set last_used_at = now()
    where id = ${found.id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(store.db);
  return found;
}

export async function listTokens(store: Store): Promise<ApiToken[]> {
  const { rows } =
    await sql<ApiToken>`select ${columns} from api_token where revoked_at is null order by created_at`.execute(
      store.db,
    );
  return rows;
}

/** Gives false when there is no such token, or it was revoked before. */
export function revokeToken(store: Store, scope: Scope, id: string): Promise<boolean> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql`update api_token set revoked_at = now() where id = ${id} and revoked_at is null returning 1`.execute(
        tx,
      );
    if (rows.length === 0) return false;
    await recordAuditEvent(tx, scope, { customerId: operatorId, action: 'token.revoked', subject: `token:${id}` });
    return true;
  });
}
