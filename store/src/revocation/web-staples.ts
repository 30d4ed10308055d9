/** The web tier's own certificate, and the OCSP answer that it staples: it shows the one, connectors fetch the other. */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { findingsThatCount } from '../certificates/inventory.ts';
import { inScope, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';

/** Says which certificate is shown; the rest is the connectors'. Web tier only. */
export async function showWebCertificate(store: Store, certificateSha256: string, chainPem: string): Promise<void> {
  await sql`insert into web_staple (certificate_sha256, chain_pem) values (decode(${certificateSha256}, 'hex'), ${chainPem})
    on conflict (certificate_sha256) do update set shown_at = now()`.execute(store.db);
}

export interface WebStaple {
  readonly response: Buffer;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/** The answer for this certificate, or null while there is none. Its window is for the caller to see to, at each handshake. */
export async function findWebStaple(store: Store, certificateSha256: string): Promise<WebStaple | null> {
  const { rows } =
    await sql<WebStaple>`select response, this_update as "thisUpdate", next_update as "nextUpdate" from web_staple
    where certificate_sha256 = decode(${certificateSha256}, 'hex') and response is not null and next_update is not null`.execute(
      store.db,
    );
  return rows[0] ?? null;
}

/** Certificates shown within a day whose answer is due. Connectors only. */
export async function dueWebStaples(
  store: Store,
  at: Date,
): Promise<readonly { readonly certificateSha256: string; readonly chainPem: string }[]> {
  const { rows } = await sql<{
    certificateSha256: string;
    chainPem: string;
  }>`select encode(certificate_sha256, 'hex') as "certificateSha256", chain_pem as "chainPem" from web_staple
    where next_fetch_at <= ${at} and shown_at > ${at}::timestamptz - interval '1 day' limit 10`.execute(store.db);
  return rows;
}

/** What came of a fetch. An answer that was there stays until it is replaced: its own window ends it. Connectors only. */
export async function recordWebStaple(
  store: Store,
  certificateSha256: string,
  outcome: {
    readonly staple: { readonly response: Uint8Array; readonly thisUpdate: Date; readonly nextUpdate: Date } | null;
    readonly error: { readonly code: string; readonly message: string } | null;
    readonly nextFetchAt: Date;
  },
): Promise<void> {
  const { staple, error, nextFetchAt } = outcome;
  await sql`update web_staple set
      response = coalesce(${staple === null ? null : Buffer.from(staple.response)}::bytea, response),
      this_update = coalesce(${staple?.thisUpdate ?? null}::timestamptz, this_update),
      next_update = coalesce(${staple?.nextUpdate ?? null}::timestamptz, next_update),
      fetched_at = case when ${staple !== null} then now() else fetched_at end,
      error_code = ${error?.code ?? null}, error_message = ${error?.message ?? null}, next_fetch_at = ${nextFetchAt}
    where certificate_sha256 = decode(${certificateSha256}, 'hex')`.execute(store.db);
}

/** What is shown to browsers now, or was within a day: the certificate, and what a connector judged. */
export interface WebCertificate {
  readonly certificateSha256: string;
  readonly chainPem: string;
  readonly firstShownAt: Date;
  readonly judgement: unknown;
  readonly judgedAt: Date | null;
}

/** The same with what was fetched for it. */
export interface WebCertificateWithStaple extends WebCertificate {
  readonly fetchedAt: Date | null;
  readonly thisUpdate: Date | null;
  readonly nextUpdate: Date | null;
  readonly nextFetchAt: Date;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const certificateColumns = sql`encode(certificate_sha256, 'hex') as "certificateSha256", chain_pem as "chainPem",
  first_shown_at as "firstShownAt", judgement, judged_at as "judgedAt"`;

/** The one that is shown now stands first. */
export async function listWebCertificates(store: Store): Promise<readonly WebCertificateWithStaple[]> {
  const { rows } = await sql<WebCertificateWithStaple>`select ${certificateColumns}, fetched_at as "fetchedAt",
      this_update as "thisUpdate", next_update as "nextUpdate", next_fetch_at as "nextFetchAt",
      case when error_code is not null then json_build_object('code', error_code, 'message', coalesce(error_message, '')) end as error
    from web_staple
    where shown_at > now() - interval '1 day' order by shown_at desc, first_shown_at desc limit 10`.execute(store.db);
  return rows;
}

/** Connectors only. */
export async function webCertificatesToJudge(store: Store, before: Date): Promise<readonly WebCertificate[]> {
  const { rows } = await sql<WebCertificate>`select ${certificateColumns} from web_staple
    where shown_at > now() - interval '1 day' and (judged_at is null or judged_at < ${before}) limit 10`.execute(
    store.db,
  );
  return rows;
}

/** Connectors only. Where the findings that count are others than before, that is an event, as with our client certificates. */
export async function recordWebJudgement(
  store: Store,
  scope: Scope,
  certificate: Pick<WebCertificate, 'certificateSha256' | 'judgement'>,
  judgement: object,
): Promise<void> {
  const { certificateSha256 } = certificate;
  const [before, now] = [findingsThatCount(certificate.judgement), findingsThatCount(judgement)];
  await inScope(store, scope, async (tx) => {
    await sql`update web_staple set judgement = ${JSON.stringify(judgement)}::jsonb, judged_at = now()
      where certificate_sha256 = decode(${certificateSha256}, 'hex')`.execute(tx);
    if (before.join() === now.join()) return;
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'server-certificate.findings-changed',
      subject: `server-certificate:${certificateSha256}`,
      detail: { before, now },
    });
  });
}
