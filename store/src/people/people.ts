import { sql } from 'kysely';
import { inScope, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Whether anybody can sign in yet. */
export async function hasPeople(store: Store): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select 1 from person) as any`.execute(store.db);
  return rows[0]?.any === true;
}

/** Adds an operator. Gives null when the e-mail address is taken already. */
export function insertPerson(
  store: Store,
  scope: Scope,
  person: { readonly email: string; readonly name: string; readonly passwordHash: string },
): Promise<Person | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<Person>`insert into person (email, name, password_hash)
      values (${person.email}, ${person.name}, ${person.passwordHash}) on conflict do nothing returning id, email, name`.execute(
      tx,
    );
    const inserted = rows[0];
    if (inserted === undefined) return null;
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'person.added',
      subject: `person:${inserted.id}`,
    });
    return inserted;
  });
}

/** For sign-in: the person and the hash to verify, or null. */
export async function findPersonByEmail(
  store: Store,
  email: string,
): Promise<(Person & { readonly passwordHash: string }) | null> {
  const { rows } = await sql<Person & { passwordHash: string }>`select id, email, name, password_hash as "passwordHash"
    from person where lower(email) = lower(${email})`.execute(store.db);
  return rows[0] ?? null;
}

/** Keeps the hash of a one-time link until `expiresAt`. Earlier ones go on working: a web tier that starts again prints nothing to whoever has one. */
export async function insertSignInLink(store: Store, tokenSha256: Buffer, expiresAt: Date): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    await sql`delete from sign_in_link where used_at is not null or expires_at < now()`.execute(tx);
    await sql`insert into sign_in_link (token_sha256, expires_at) values (${tokenSha256}, ${expiresAt})`.execute(tx);
  });
}

/**
 * Uses up the one-time link and adds the first operator, both or neither. Gives null when the link is unknown, used or
 * expired, or when there is a person already.
 */
export function useSignInLink(
  store: Store,
  scope: Scope,
  tokenSha256: Buffer,
  person: { readonly email: string; readonly name: string; readonly passwordHash: string },
): Promise<Person | null> {
  return inScope(store, scope, async (tx) => {
    const { rows: links } = await sql`update sign_in_link set used_at = now()
      where token_sha256 = ${tokenSha256} and used_at is null and expires_at > now() and not exists (select 1 from person) returning 1`.execute(
      tx,
    );
    if (links.length === 0) return null;
    const { rows } = await sql<Person>`insert into person (email, name, password_hash)
      values (${person.email}, ${person.name}, ${person.passwordHash}) returning id, email, name`.execute(tx);
    const first = rows[0];
    if (first === undefined) return null;
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'person.first-operator',
      subject: `person:${first.id}`,
    });
    return first;
  });
}
