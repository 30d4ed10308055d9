/** The bytes of CRLs and OCSP answers that decided handshakes, each once, by their SHA-256. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import type { RevocationKind } from './sources.ts';

/** Bytes; larger CRLs are named by their digest in the evidence, and stay with the connectors. */
export const largestKeptContent = 8 * 1024 * 1024;

export interface RevocationContent {
  readonly kind: RevocationKind;
  readonly der: Uint8Array;
}

/** Of these digests those whose bytes are kept; they are marked as used at `at`. Connectors only. */
export async function keptContents(store: Store, sha256: readonly string[], at: Date): Promise<ReadonlySet<string>> {
  if (sha256.length === 0) return new Set();
  const { rows } = await sql<{
    sha256: string;
  }>`update revocation_content set last_used_at = greatest(last_used_at, ${at})
    where sha256 = any(${sha256.map((digest) => Buffer.from(digest, 'hex'))}::bytea[]) returning encode(sha256, 'hex') as sha256`.execute(
    store.db,
  );
  return new Set(rows.map((row) => row.sha256));
}

/** Keeps bytes; those beyond the cap are left out. Connectors only. */
export async function keepContents(store: Store, contents: readonly RevocationContent[], at: Date): Promise<void> {
  for (const { kind, der } of contents) {
    if (der.length > largestKeptContent) continue;
    await sql`insert into revocation_content as c (sha256, kind, der, first_used_at, last_used_at)
      values (${createHash('sha256').update(der).digest()}, ${kind}, ${Buffer.from(der)}, ${at}, ${at})
      on conflict (sha256) do update set last_used_at = greatest(c.last_used_at, excluded.last_used_at)`.execute(
      store.db,
    );
  }
}

/** The bytes by their SHA-256 in hexadecimal; those that are not kept are missing. */
export async function findContents(
  store: Store,
  sha256: readonly string[],
): Promise<ReadonlyMap<string, RevocationContent>> {
  const { rows } = await sql<{
    sha256: string;
    kind: RevocationKind;
    der: Buffer;
  }>`select encode(sha256, 'hex') as sha256, kind, der from revocation_content
    where sha256 = any(${sha256.map((digest) => Buffer.from(digest, 'hex'))}::bytea[])`.execute(store.db);
  return new Map(rows.map(({ sha256: digest, kind, der }) => [digest, { kind, der }]));
}
