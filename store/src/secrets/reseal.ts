/**
 * Custody over time: every current key has its own copy of every secret, a key that is to go gives its records to
 * another, and is retired when it is proven that nothing is sealed to it. Connectors only, through `../open-sealed.ts`.
 */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import type { SealKey } from './sealed-secrets.ts';
import type { SecretPurpose } from './seal.ts';

/** A secret that a current key has no copy of, in a form that this connector can open. */
export interface SecretToCopy {
  readonly id: string;
  readonly customerId: string;
  readonly purpose: SecretPurpose;
  readonly sealKeyId: string;
  readonly sealed: Buffer;
  readonly missing: SealKey;
}

/** Of the records that one of `held` opens, those that some current key lacks, besides `except`; at most fifty at once. */
export async function secretsToCopy(
  store: Store,
  scope: Scope,
  held: readonly string[],
  except: readonly string[] = [],
): Promise<SecretToCopy[]> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<Omit<SecretToCopy, 'missing'> & { missingId: string; missingKey: Buffer }>`
      with form as (
        select id, customer_id, purpose, seal_key_id, sealed from sealed_secret
        union all
        select s.id, s.customer_id, s.purpose, c.seal_key_id, c.sealed from sealed_copy c join sealed_secret s on s.id = c.secret_id)
      select distinct on (f.id, k.id) f.id, f.customer_id as "customerId", f.purpose, f.seal_key_id as "sealKeyId", f.sealed,
          k.id as "missingId", k.public_key as "missingKey"
        from form f cross join seal_key k
        where f.seal_key_id = any(${held}::text[]) and k.state = 'current' and f.id <> all(${except}::uuid[])
          and not exists (select 1 from form o where o.id = f.id and o.seal_key_id = k.id)
        limit 50`,
  );
  return rows.map(({ missingId, missingKey, ...secret }) => ({
    ...secret,
    missing: { id: missingId, publicKey: missingKey },
  }));
}

/** Stores one copy; one that is there stays. */
export async function insertSealedCopy(
  store: Store,
  scope: Scope,
  copy: { readonly secretId: string; readonly customerId: string; readonly sealKeyId: string; readonly sealed: Buffer },
): Promise<void> {
  await inScopeOnce(
    store,
    scope,
    sql`insert into sealed_copy (customer_id, secret_id, seal_key_id, sealed)
      select ${copy.customerId}::uuid, id, ${copy.sealKeyId}, ${copy.sealed} from sealed_secret where id = ${copy.secretId} on conflict do nothing`,
  );
}

/** Records whose place is a retiring key move to the copy of a current one; copies for retiring keys go. Gives how many moved. */
export async function leaveRetiringKeys(store: Store, scope: Scope): Promise<number> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql`with moved as (
        select distinct on (s.id) s.id, c.seal_key_id, c.sealed from sealed_secret s
          join seal_key old on old.id = s.seal_key_id and old.state = 'retiring'
          join sealed_copy c on c.secret_id = s.id join seal_key k on k.id = c.seal_key_id and k.state = 'current'
          order by s.id, k.created_at desc limit 500)
      update sealed_secret s set seal_key_id = m.seal_key_id, sealed = m.sealed from moved m where s.id = m.id returning s.id`.execute(
      tx,
    );
    // The copy that became the record is one too many, as are those of keys that go.
    await sql`delete from sealed_copy c using sealed_secret s where s.id = c.secret_id and s.seal_key_id = c.seal_key_id`.execute(
      tx,
    );
    await sql`delete from sealed_copy c using seal_key k where k.id = c.seal_key_id and k.state <> 'current'
      and exists (select 1 from sealed_secret s join seal_key p on p.id = s.seal_key_id where s.id = c.secret_id and p.state = 'current')`.execute(
      tx,
    );
    return rows.length;
  });
}

/** Whether a running connector holds the old key and not yet the next: until then the old one has to stay. */
export async function someLackKey(store: Store, oldId: string, nextId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from connector where ${oldId} = any(seal_keys) and not ${nextId} = any(seal_keys)
    and heartbeat_at > now() - interval '15 seconds' limit 1`.execute(store.db);
  return rows.length > 0;
}

/** Registers the key that takes over and marks the other as one that goes. False where it had been marked already. */
export function replaceSealKey(store: Store, scope: Scope, oldId: string, next: SealKey): Promise<boolean> {
  return inScope(store, scope, async (tx) => {
    await sql`insert into seal_key (id, public_key) values (${next.id}, ${next.publicKey}) on conflict (id) do nothing`.execute(
      tx,
    );
    const { rows } = await sql`update seal_key set state = 'retiring', replaced_by = ${next.id}
      where id = ${oldId} and state = 'current' returning id`.execute(tx);
    if (rows.length === 0) return false;
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'seal-key.replaced',
      subject: `seal-key:${oldId}`,
      detail: { by: next.id },
    });
    return true;
  });
}

/** Retires the retiring keys to which nothing is sealed; whoever writes to one waits, and is then refused. Gives their ids. */
export function retireEmptyKeys(store: Store, scope: Scope): Promise<readonly string[]> {
  return inScope(store, scope, async (tx) => {
    // Locked first, counted after: a writer that came before has committed by then, and is counted.
    const { rows: candidates } = await sql<{
      id: string;
    }>`select id from seal_key where state = 'retiring' order by id for update`.execute(tx);
    const retired: string[] = [];
    for (const { id } of candidates) {
      const { rows } =
        await sql`update seal_key set state = 'retired', retired_at = now() where id = ${id} and sealed_to(id) = 0 returning id`.execute(
          tx,
        );
      if (rows.length === 0) continue;
      retired.push(id);
      await recordAuditEvent(tx, scope, {
        customerId: operatorId,
        action: 'seal-key.retired',
        subject: `seal-key:${id}`,
        detail: { sealedRecords: 0 },
      });
    }
    return retired;
  });
}

/** Which of these keys are to be replaced now, and which are retired: a holder acts on its own only. */
export async function statesOfKeys(
  store: Store,
  ids: readonly string[],
): Promise<
  readonly {
    readonly id: string;
    readonly state: string;
    readonly rotationAsked: boolean;
    readonly replacedBy: string | null;
  }[]
> {
  const { rows } = await sql<{
    id: string;
    state: string;
    rotationAsked: boolean;
    replacedBy: string | null;
  }>`select id, state,
      rotation_asked_at is not null as "rotationAsked", replaced_by as "replacedBy" from seal_key where id = any(${[...ids]}::text[])`.execute(
    store.db,
  );
  return rows;
}

/** Says which keys a connector holds now. */
export async function recordHeldKeys(store: Store, connectorId: string, ids: readonly string[]): Promise<void> {
  await sql`update connector set seal_keys = ${[...ids]}::text[] where id = ${connectorId} and seal_keys <> ${[...ids]}::text[]`.execute(
    store.db,
  );
}
