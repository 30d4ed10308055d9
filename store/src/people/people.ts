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

/** Everybody who may sign in, by name. */
export async function listPeople(store: Store): Promise<Person[]> {
  const { rows } = await sql<Person>`select id, email, name from person order by name, id`.execute(store.db);
  return rows;
}

/** Keeps the hash of a one-time link until `expiresAt`. Earlier ones go on working: a web tier that starts again prints nothing to whoever has one. */
export async function insertSignInLink(store: Store, tokenSha256: Buffer, expiresAt: Date): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    await sql`delete from sign_in_link where used_at is not null or expires_at < now()`.execute(tx);
    await sql`insert into sign_in_link (token_sha256, expires_at) values (${tokenSha256}, ${expiresAt})`.execute(tx);
  });
}

/** The same for a further person, who chooses a password of their own; the audit names who invited. */
export function insertInvitation(
  store: Store,
  scope: Scope,
  invitation: { readonly tokenSha256: Buffer; readonly expiresAt: Date; readonly invitedBy: string },
): Promise<void> {
  const { tokenSha256, expiresAt, invitedBy } = invitation;
  return inScope(store, scope, async (tx) => {
    await sql`insert into sign_in_link (token_sha256, expires_at, invited_by) values (${tokenSha256}, ${expiresAt}, ${invitedBy})`.execute(
      tx,
    );
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'person.invited',
      subject: `person:${invitedBy}`,
    });
  });
}

/**
 * Uses up the one-time link and adds the person, both or neither. Gives null when the link is unknown, used or expired,
 * when it is the first operator's and there is a person already, or when the e-mail address is taken.
 */
export function useSignInLink(
  store: Store,
  scope: Scope,
  tokenSha256: Buffer,
  person: { readonly email: string; readonly name: string; readonly passwordHash: string },
): Promise<Person | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<Person & { invitedBy: string | null }>`with link as (
        update sign_in_link set used_at = now() where token_sha256 = ${tokenSha256} and used_at is null and expires_at > now()
          and (invited_by is not null or not exists (select 1 from person))
          and not exists (select 1 from person where lower(email) = lower(${person.email})) returning invited_by)
      insert into person (email, name, password_hash)
        select ${person.email}, ${person.name}, ${person.passwordHash} from link
        returning id, email, name, (select invited_by from link) as "invitedBy"`.execute(tx);
    const added = rows[0];
    if (added === undefined) return null;
    const { invitedBy, ...shown } = added;
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: invitedBy === null ? 'person.first-operator' : 'person.added',
      subject: `person:${added.id}`,
      detail: { invitedBy },
    });
    return shown;
  });
}
