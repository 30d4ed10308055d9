/** Uploads: sealed to the connectors' key before they are stored, opened by a connector, and gone when they were judged. */
import { sql, type RawBuilder } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import type { SealedSecret } from '../secrets/sealed-secrets.ts';
import { mostIntakeAttempts } from './certificate-requests.ts';
import {
  addClientCertificate,
  type AboutCertificate,
  type ClientCertificate,
  type ClientCertificateKind,
} from './client-certificates.ts';

/** What was said with the upload. */
export interface AboutUpload {
  readonly name: string | null;
  readonly domain: string | null;
  readonly policy: 'public-third-party' | 'agreed-private-ca';
  readonly anchorsPem: string | null;
  readonly contacts: unknown;
  readonly makeDefault: boolean;
}

export interface NewCertificateUpload {
  readonly kind: ClientCertificateKind;
  readonly requestId: string | null;
  readonly about: AboutUpload;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Files and password; its id becomes the upload's. */
  readonly sealed: SealedSecret;
}

export interface CertificateUploadRow {
  readonly id: string;
  readonly customerId: string;
  readonly kind: ClientCertificateKind;
  readonly requestId: string | null;
  readonly about: AboutUpload;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly state: 'waiting' | 'taken' | 'refused' | 'cancelled';
  readonly certificateId: string | null;
  readonly judgement: unknown;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
  readonly judgedAt: Date | null;
  /** While it waits: how many running connectors hold the key that it is sealed to. */
  readonly openers: number | null;
}

const columns = sql`u.id, u.customer_id as "customerId", u.kind, u.request_id as "requestId", u.about, u.files, u.state,
  u.certificate_id as "certificateId", u.judgement, u.uploaded_by as "uploadedBy", u.uploaded_at as "uploadedAt", u.judged_at as "judgedAt",
  case when u.state = 'waiting' then (select count(*)::int from connector c
    where u.seal_key_id = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds') end as openers`;

/** Web tier: puts one in. */
export function insertCertificateUpload(store: Store, scope: Scope, upload: NewCertificateUpload): Promise<void> {
  const { sealed } = upload;
  return inScope(store, scope, async (tx) => {
    await sql`insert into certificate_upload (id, customer_id, kind, request_id, about, files, seal_key_id, sealed, uploaded_by)
      values (${sealed.id}, ${sealed.customerId}, ${upload.kind}, ${upload.requestId}::uuid, ${JSON.stringify(upload.about)}::jsonb,
        ${JSON.stringify(upload.files)}::jsonb, ${sealed.sealKeyId}, ${sealed.sealed}, ${scope.actor})`.execute(tx);
    await recordAuditEvent(tx, scope, {
      customerId: sealed.customerId,
      action: 'certificate-upload.received',
      subject: `certificate-upload:${sealed.id}`,
      detail: { kind: upload.kind, files: upload.files, requestId: upload.requestId },
    });
  });
}

export function listCertificateUploads(store: Store, scope: Scope): Promise<CertificateUploadRow[]> {
  return inScopeOnce(
    store,
    scope,
    sql<CertificateUploadRow>`select ${columns} from certificate_upload u order by u.uploaded_at desc, u.id limit 200`,
  );
}

export async function findCertificateUpload(
  store: Store,
  scope: Scope,
  id: string,
): Promise<CertificateUploadRow | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<CertificateUploadRow>`select ${columns} from certificate_upload u where u.id = ${id}`,
  );
  return rows[0] ?? null;
}

export interface SealedUpload extends CertificateUploadRow {
  readonly sealKeyId: string;
  readonly sealed: Buffer;
}

/** Connectors: the next upload that is sealed to one of these keys, taken for two minutes; null where none waits. */
export async function claimCertificateUpload(
  store: Store,
  scope: Scope,
  sealKeyIds: readonly string[],
): Promise<SealedUpload | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<SealedUpload>`update certificate_upload u set attempts = attempts + 1, locked_until = now() + interval '2 minutes'
      where u.id = (select id from certificate_upload where state = 'waiting' and seal_key_id = any(${sealKeyIds}::text[])
        and attempts < ${mostIntakeAttempts} and (locked_until is null or locked_until < now())
        order by uploaded_at limit 1 for update skip locked)
      returning ${columns}, u.seal_key_id as "sealKeyId", u.sealed`,
  );
  return rows[0] ?? null;
}

/** Gives back an upload that could not be worked on now, so that it is tried again at once. */
export async function releaseCertificateUpload(store: Store, scope: Scope, id: string): Promise<void> {
  await inScopeOnce(store, scope, sql`update certificate_upload set locked_until = null where id = ${id}`);
}

/** Connectors: refuses an upload, or says that what it brings is there already; what was sealed goes. */
export function refuseCertificateUpload(
  store: Store,
  scope: Scope,
  upload: Pick<CertificateUploadRow, 'id' | 'customerId'>,
  judgement: object,
  known: string | null,
): Promise<void> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql`update certificate_upload set state = 'refused', sealed = null, judgement = ${JSON.stringify(judgement)}::jsonb,
      certificate_id = ${known}::uuid, judged_at = now(), locked_until = null where id = ${upload.id} and state = 'waiting' returning id`.execute(
        tx,
      );
    if (rows.length === 0) return;
    await recordAuditEvent(tx, scope, {
      customerId: upload.customerId,
      action: 'certificate-upload.refused',
      subject: `certificate-upload:${upload.id}`,
      detail: { codes: codesOf(judgement) },
    });
  });
}

/**
 * Connectors: certificate, sealed key and the end of the upload in one transaction. Null where the certificate is in the
 * inventory already, or another connector was quicker: then nothing has changed.
 */
export function takeCertificateUpload(
  store: Store,
  scope: Scope,
  upload: Pick<CertificateUploadRow, 'id' | 'customerId'>,
  certificate: Omit<ClientCertificate, 'id'> & AboutCertificate,
  key: SealedSecret | string,
  judgement: object,
): Promise<ClientCertificate | null> {
  return inScope(store, scope, async (tx) => {
    const { rows: waiting } =
      await sql`select 1 from certificate_upload where id = ${upload.id} and state = 'waiting' for update`.execute(tx);
    if (waiting.length === 0) return null;
    const added = await addClientCertificate(tx, scope, certificate, key);
    if (added === null) return null;
    await sql`update certificate_upload set state = 'taken', sealed = null, judgement = ${JSON.stringify(judgement)}::jsonb,
      certificate_id = ${added.id}, judged_at = now(), locked_until = null where id = ${upload.id}`.execute(tx);
    return added;
  });
}

/** Connectors: tried often enough by connectors that died over it, or could not open it. */
export function failCertificateUploads(store: Store, scope: Scope, judgement: object): Promise<void> {
  return refuseWhere(
    store,
    scope,
    sql`attempts >= ${mostIntakeAttempts} and (locked_until is null or locked_until < now())`,
    judgement,
  );
}

/** Longer than a connector takes to start again. */
const withoutHolder = sql`interval '3 minutes'`;

/**
 * Connectors: ends uploads that nobody who runs can open: sealed to a key that no connector but a lost one held, for three minutes
 * now, or that was taken out of use. @param held keys of whoever asks, who may just have started: what is sealed to them is opened next
 */
export function endLostUploads(store: Store, scope: Scope, held: readonly string[], judgement: object): Promise<void> {
  return refuseWhere(
    store,
    scope,
    sql`seal_key_id <> all(${[...held]}::text[]) and (
      uploaded_at < now() - ${withoutHolder} and not exists (
        select 1 from connector c where seal_key_id = any(c.seal_keys) and c.heartbeat_at > now() - ${withoutHolder})
      or exists (select 1 from seal_key k where k.id = seal_key_id and k.taken_out_at is not null and not exists (
        select 1 from connector c where k.id = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds')))`,
    judgement,
  );
}

function refuseWhere(store: Store, scope: Scope, condition: RawBuilder<unknown>, judgement: object): Promise<void> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      id: string;
      customerId: string;
    }>`update certificate_upload set state = 'refused', sealed = null, judgement = ${JSON.stringify(judgement)}::jsonb, judged_at = now()
      where state = 'waiting' and ${condition} returning id, customer_id as "customerId"`.execute(tx);
    for (const { id, customerId } of rows)
      await recordAuditEvent(tx, scope, {
        customerId,
        action: 'certificate-upload.refused',
        subject: `certificate-upload:${id}`,
        detail: { codes: codesOf(judgement) },
      });
  });
}

/** Web tier: calls an upload back that waits; what was sealed goes. False where it waits no longer. */
export async function cancelCertificateUpload(store: Store, scope: Scope, id: string): Promise<boolean> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{ done: boolean }>`select cancel_certificate_upload(${id}::uuid, ${scope.actor}) as done`,
  );
  return rows[0]?.done === true;
}

/** Connectors: the certificate with this fingerprint: this owner's, else another's that is in use; or null. */
export async function knownCertificate(
  store: Store,
  scope: Scope,
  customerId: string,
  sha256: string,
): Promise<{
  readonly id: string;
  readonly kind: ClientCertificateKind;
  readonly isOfOwner: boolean;
  readonly isRetired: boolean;
} | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{
      id: string;
      kind: ClientCertificateKind;
      isOfOwner: boolean;
      isRetired: boolean;
    }>`select id, kind, customer_id = ${customerId}::uuid as "isOfOwner", retired_at is not null as "isRetired" from client_certificate
      where sha256 = ${sha256} and (customer_id = ${customerId}::uuid or retired_at is null) order by "isOfOwner" desc limit 1`,
  );
  return rows[0] ?? null;
}

function codesOf(judgement: object): readonly unknown[] {
  const { findings } = judgement as { findings?: readonly { code?: unknown }[] };
  return (findings ?? []).map(({ code }) => code);
}
