/** Requests for certificates whose key is made inside: the web tier says what is wanted, a connector makes key and PKCS#10. */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { insertSealedSecret, type SealedSecret } from '../secrets/sealed-secrets.ts';
import type { ClientCertificateKind } from './client-certificates.ts';

/** What the subject of the request says, and its key. */
export interface WantedCertificate {
  readonly keyType: 'p256' | 'p384' | 'rsa3072';
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly organization: string | null;
  readonly country: string | null;
}

export interface NewCertificateRequest {
  readonly customerId: string;
  readonly kind: ClientCertificateKind;
  readonly name: string;
  readonly domain: string | null;
  readonly policy: 'public-third-party' | 'agreed-private-ca';
  readonly anchorsPem: string | null;
  readonly contacts: unknown;
  readonly makeDefault: boolean;
  readonly wanted: WantedCertificate;
}

export interface CertificateRequestRow extends NewCertificateRequest {
  readonly id: string;
  /** Key destroyed: its last certificate was retired. */
  readonly state: 'making-key' | 'open' | 'withdrawn' | 'failed' | 'key-destroyed';
  readonly requestPem: string | null;
  readonly publicKeySha256: string | null;
  /** The newest certificate that was given back for it. */
  readonly certificateId: string | null;
  /** Why it was given up. */
  readonly withdrawnReason: string | null;
  readonly findings: readonly unknown[];
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

const columns = sql`r.id, r.customer_id as "customerId", r.kind, r.name, r.domain, r.policy, r.anchors_pem as "anchorsPem", r.contacts,
  r.make_default as "makeDefault", r.wanted, r.state, r.request_pem as "requestPem", r.public_key_sha256 as "publicKeySha256",
  (select c.id from client_certificate c where c.request_id = r.id order by c.created_at desc limit 1) as "certificateId",
  r.withdrawn_reason as "withdrawnReason", r.findings, r.requested_by as "requestedBy", r.requested_at as "requestedAt"`;

/** Attempts of connectors; after them a request, or an upload, is told as failed. */
export const mostIntakeAttempts = 5;

/** Web tier: asks for a key and a request; gives the id. */
export function insertCertificateRequest(store: Store, scope: Scope, request: NewCertificateRequest): Promise<string> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{ id: string }>`insert into certificate_request
        (customer_id, kind, name, domain, policy, anchors_pem, contacts, make_default, wanted, requested_by)
      values (${request.customerId}, ${request.kind}, ${request.name}, ${request.domain}, ${request.policy}, ${request.anchorsPem},
        ${request.contacts == null ? null : JSON.stringify(request.contacts)}::jsonb, ${request.makeDefault},
        ${JSON.stringify(request.wanted)}::jsonb, ${scope.actor}) returning id`.execute(tx);
    const id = rows[0]?.id ?? '';
    await recordAuditEvent(tx, scope, {
      customerId: request.customerId,
      action: 'certificate-request.asked',
      subject: `certificate-request:${id}`,
      detail: { kind: request.kind, name: request.name, wanted: request.wanted },
    });
    return id;
  });
}

export function listCertificateRequests(store: Store, scope: Scope): Promise<CertificateRequestRow[]> {
  return inScopeOnce(
    store,
    scope,
    sql<CertificateRequestRow>`select ${columns} from certificate_request r order by r.requested_at desc, r.id limit 2000`,
  );
}

export async function findCertificateRequest(
  store: Store,
  scope: Scope,
  id: string,
): Promise<CertificateRequestRow | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<CertificateRequestRow>`select ${columns} from certificate_request r where r.id = ${id}`,
  );
  return rows[0] ?? null;
}

/** Gives a request up: its key is deleted. False where a certificate was made for it, or it was given up already. */
export async function withdrawCertificateRequest(
  store: Store,
  scope: Scope,
  id: string,
  reason: string,
): Promise<boolean> {
  try {
    await inScopeOnce(store, scope, sql`select withdraw_certificate_request(${id}::uuid, ${scope.actor}, ${reason})`);
    return true;
  } catch (error) {
    if (['P0002', '23514'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

/** What may be corrected of a request while it is open: key, names and owner stay. */
export type CorrectedRequest = Partial<
  Pick<NewCertificateRequest, 'kind' | 'name' | 'domain' | 'policy' | 'anchorsPem' | 'contacts'>
>;

/** Web tier: writes what was said wrongly. False where the request takes no certificate any more. */
export async function correctCertificateRequest(
  store: Store,
  scope: Scope,
  id: string,
  changed: CorrectedRequest,
): Promise<boolean> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{
      done: boolean;
    }>`select correct_certificate_request(${id}::uuid, ${scope.actor}, ${JSON.stringify(changed)}::jsonb) as done`,
  );
  return rows[0]?.done === true;
}

/** Connectors: the next request without a key, taken for a minute; null where none waits. */
export async function claimCertificateRequest(store: Store, scope: Scope): Promise<CertificateRequestRow | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<CertificateRequestRow>`update certificate_request r set attempts = attempts + 1, locked_until = now() + interval '1 minute'
      where r.id = (select id from certificate_request where state = 'making-key' and attempts < ${mostIntakeAttempts}
        and (locked_until is null or locked_until < now()) order by requested_at limit 1 for update skip locked)
      returning ${columns}`,
  );
  return rows[0] ?? null;
}

/** Connectors: key and request are there. False where the request was withdrawn meanwhile: then the key is not stored. */
export function openCertificateRequest(
  store: Store,
  scope: Scope,
  request: Pick<CertificateRequestRow, 'id' | 'customerId'>,
  made: { readonly requestPem: string; readonly publicKeySha256: string; readonly key: SealedSecret },
): Promise<boolean> {
  return inScope(store, scope, async (tx) => {
    const { rows: waiting } =
      await sql`select 1 from certificate_request where id = ${request.id} and state = 'making-key' for update`.execute(
        tx,
      );
    if (waiting.length === 0) return false;
    await insertSealedSecret(tx, made.key);
    await sql`update certificate_request set state = 'open', request_pem = ${made.requestPem},
      public_key_sha256 = ${made.publicKeySha256}, key_secret_id = ${made.key.id}, locked_until = null where id = ${request.id}`.execute(
      tx,
    );
    await recordAuditEvent(tx, scope, {
      customerId: request.customerId,
      action: 'certificate-request.key-made',
      subject: `certificate-request:${request.id}`,
      detail: { publicKeySha256: made.publicKeySha256 },
    });
    return true;
  });
}

/** Connectors: it was tried often enough; why is told in `finding`. */
export async function failCertificateRequests(store: Store, scope: Scope, finding: object): Promise<void> {
  await inScopeOnce(
    store,
    scope,
    sql`update certificate_request set state = 'failed', findings = ${JSON.stringify([finding])}::jsonb
      where state = 'making-key' and attempts >= ${mostIntakeAttempts} and locked_until < now()`,
  );
}

/** Connectors: the open request with this public key, with the id of its sealed key. */
export async function requestOfKey(
  store: Store,
  scope: Scope,
  publicKeySha256: string,
): Promise<(CertificateRequestRow & { readonly keySecretId: string }) | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<CertificateRequestRow & { keySecretId: string }>`select ${columns}, r.key_secret_id as "keySecretId"
      from certificate_request r where r.public_key_sha256 = ${publicKeySha256} and r.state = 'open'`,
  );
  return rows[0] ?? null;
}
