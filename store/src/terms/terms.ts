import { sql } from 'kysely';
import { dialsTheSame, termsHash, weakens, type Terms } from '@sallyport/terms';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { StateError } from '../connections/connection-state.ts';
import { connectionById, type Connection } from '../connections/connections.ts';
import { inScope, NotFoundError, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { putProxyCredential } from '../secrets/proxy-credential.ts';
import { insertSealedSecret, type SealedSecret } from '../secrets/sealed-secrets.ts';
import { insertTerms } from './insert-terms.ts';

/** A connection stays with its host, whatever new terms say. */
export class HostChangedError extends Error {
  readonly code = 'host-changed';
  constructor(host: string) {
    super(`This connection leads to ${host}. Another Jira is another connection: create one for it.`);
  }
}

/** Terms that weaken take effect only when they are approved by their hash. */
export class ApprovalNeededError extends Error {
  readonly code = 'approval-needed';
  readonly weakens: readonly string[];
  readonly termsSha256: string;
  constructor(weaker: readonly string[], termsSha256: string) {
    super(
      `These terms are weaker: ${weaker.map((one) => one.replace(/\.$/, '')).join('; ')}. Approve them by their hash ${termsSha256}.`,
    );
    this.weakens = weaker;
    this.termsSha256 = termsSha256;
  }
}

export interface TermsChange {
  readonly terms: Terms;
  readonly approvedSha256: string | null;
  /** Null keeps the one that is there. */
  readonly credential: SealedSecret | null;
  /** Null, or left out, keeps the one that is there. */
  readonly proxyCredential?: SealedSecret | null;
}

/**
 * Writes the next version of the terms and puts it in force. A connection in use goes back to draft, because it needs a
 * check under its new terms, unless these change nothing in what is dialled. Weaker terms need `approvedSha256` to be their hash.
 */
export function changeTerms(store: Store, scope: Scope, id: string, change: TermsChange): Promise<Connection> {
  return inScope(store, scope, async (tx) => {
    const before = await connectionById(tx, id);
    if (before === null) throw new NotFoundError('connection');
    if (before.state === 'retired') throw new StateError('retired', 'draft');
    const { rows: versions } = await sql<{
      next: number;
    }>`select max(version)::int + 1 as next from terms where connection_id = ${id}`.execute(tx);
    const terms: Terms = { ...change.terms, version: versions[0]?.next ?? 1 };
    if (new URL(terms.baseUrl).hostname.toLowerCase() !== before.host) throw new HostChangedError(before.host);
    const hash = termsHash(terms);
    const weaker = weakens(before.terms, terms);
    if (weaker.length > 0 && change.approvedSha256 !== hash) throw new ApprovalNeededError(weaker, hash);
    await insertTerms(tx, scope, before.customerId, id, terms, weaker);
    await sql`select take_terms_into_effect(${id}::uuid, ${terms.version}::int, ${hash}, ${weaker.length > 0 ? scope.actor : null})`.execute(
      tx,
    );
    if (change.credential !== null) {
      await insertSealedSecret(tx, change.credential);
      await sql`select replace_credential(${id}::uuid, ${change.credential.id}::uuid)`.execute(tx);
    }
    await putProxyCredential(tx, id, change.proxyCredential ?? null);
    const staysInUse =
      change.credential === null && (change.proxyCredential ?? null) === null && dialsTheSame(before.terms, terms);
    if (!staysInUse)
      await sql`update connection set state = 'draft', state_since = now(), last_error = null where id = ${id}`.execute(
        tx,
      );
    await recordAuditEvent(tx, scope, {
      customerId: before.customerId,
      action: 'terms.changed',
      subject: `connection:${id}`,
      detail: { termsSha256: hash, weaker },
    });
    const changed = await connectionById(tx, id);
    if (changed === null) throw new NotFoundError('connection');
    return changed;
  });
}

/** One version of a connection's terms, the one in force unless `version` is given; with its hash. */
export function findTerms(
  store: Store,
  scope: Scope,
  connectionId: string,
  version: number | null = null,
): Promise<{ readonly terms: Terms; readonly sha256: string } | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{ terms: Terms; sha256: string }>`select t.document as terms, t.sha256 from terms t
      join connection c on c.id = t.connection_id where c.id = ${connectionId} and t.version = coalesce(${version}::int, c.terms_version)`.execute(
      tx,
    );
    return rows[0] ?? null;
  });
}
