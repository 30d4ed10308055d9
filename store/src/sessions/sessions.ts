import { sql } from 'kysely';
import type { Store } from '../open-store.ts';

export interface Session {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly csrfToken: string;
  readonly expiresAt: Date;
}

/** Keeps a new session; only the hash of its token is stored. */
export async function insertSession(
  store: Store,
  session: {
    readonly tokenSha256: Buffer;
    readonly personId: string;
    readonly csrfToken: string;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await sql`insert into session (token_sha256, person_id, csrf_token, expires_at)
    values (${session.tokenSha256}, ${session.personId}, ${session.csrfToken}, ${session.expiresAt})`.execute(store.db);
}

/** The session of this token while it lasts, or null. */
export async function findSession(store: Store, tokenSha256: Buffer): Promise<Session | null> {
  const { rows } =
    await sql<Session>`select p.id as "personId", p.email, p.name, s.csrf_token as "csrfToken", s.expires_at as "expiresAt"
    from session s join person p on p.id = s.person_id where s.token_sha256 = ${tokenSha256} and s.expires_at > now()`.execute(
      store.db,
    );
  return rows[0] ?? null;
}

export async function deleteSession(store: Store, tokenSha256: Buffer): Promise<void> {
  await sql`delete from session where token_sha256 = ${tokenSha256}`.execute(store.db);
}

/** Failed sign-ins of a subject (an address, or an e-mail address in lower case) since `since`. */
export async function countSignInAttempts(store: Store, subject: string, since: Date): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from sign_in_attempt where subject = ${subject} and at > ${since}`.execute(store.db);
  return rows[0]?.count ?? 0;
}

/** Counts a failed sign-in against each subject. */
export async function recordSignInAttempt(store: Store, subjects: readonly string[]): Promise<void> {
  await sql`insert into sign_in_attempt (subject) select unnest(${subjects}::text[])`.execute(store.db);
}

/** A sign-in that succeeded clears what was counted against the person. */
export async function clearSignInAttempts(store: Store, subject: string): Promise<void> {
  await sql`delete from sign_in_attempt where subject = ${subject}`.execute(store.db);
}
