/** Facts of a certificate that were forgotten or wrong when it came in: people ask, a connector judges it anew and writes them. */
import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import type { ClientCertificateKind } from './client-certificates.ts';
import { inventoryColumns, lookAtSwapsOf, type InventoryCertificate } from './inventory.ts';

/** What it is judged by, besides itself. */
export interface CertificateFactsSaid {
  readonly kind: ClientCertificateKind;
  readonly domain: string | null;
  readonly policy: 'public-third-party' | 'agreed-private-ca';
  readonly anchorsPem: string | null;
}

/** As it is stored with the certificate; null where none was asked for, or the last one was made. */
export interface StoredCorrection {
  readonly wanted: Partial<CertificateFactsSaid>;
  readonly askedBy: string;
  /** RFC 3339. */
  readonly askedAt: string;
  readonly state: 'waiting' | 'refused';
  /** Where it was refused: what would have blocked the certificate. */
  readonly findings?: readonly unknown[];
  readonly judgedAt?: string;
}

/** Web tier: asks; one that still waits is replaced. False where there is no such certificate in use. */
export async function askCertificateCorrection(
  store: Store,
  scope: Scope,
  id: string,
  wanted: Partial<CertificateFactsSaid>,
): Promise<boolean> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{
      done: boolean;
    }>`select ask_certificate_correction(${id}::uuid, ${scope.actor}, ${JSON.stringify(wanted)}::jsonb) as done`,
  );
  return rows[0]?.done === true;
}

export type CertificateToCorrect = InventoryCertificate & { readonly correction: StoredCorrection };

/** Connectors: those whose correction waits. */
export function certificatesToCorrect(store: Store, scope: Scope): Promise<CertificateToCorrect[]> {
  return inScopeOnce(
    store,
    scope,
    sql<CertificateToCorrect>`select ${inventoryColumns} from client_certificate c
      where c.correction ->> 'state' = 'waiting' and c.retired_at is null order by c.correction ->> 'askedAt' limit 20`,
  );
}

/** Connectors: writes the facts with the judgement by them. False where another correction was asked for meanwhile. */
export function correctCertificate(
  store: Store,
  scope: Scope,
  certificate: CertificateToCorrect,
  facts: CertificateFactsSaid,
  judgement: object,
): Promise<boolean> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql`update client_certificate set kind = ${facts.kind}, domain = ${facts.domain}, policy = ${facts.policy},
        anchors_pem = ${facts.anchorsPem}, judgement = ${JSON.stringify(judgement)}::jsonb, judged_at = now(), correction = null
      where id = ${certificate.id} and correction = ${JSON.stringify(certificate.correction)}::jsonb and retired_at is null
      returning id`.execute(tx);
    if (rows.length === 0) return false;
    await lookAtSwapsOf(tx, certificate.id);
    await recordAuditEvent(tx, scope, {
      customerId: certificate.customerId,
      action: 'client-certificate.corrected',
      subject: `client-certificate:${certificate.id}`,
      detail: { before: told(certificate), now: told(facts), askedBy: certificate.correction.askedBy },
    });
    return true;
  });
}

/** Connectors: leaves the facts as they are, and says what would have blocked it. */
export function refuseCorrection(
  store: Store,
  scope: Scope,
  certificate: CertificateToCorrect,
  findings: readonly { readonly code: string }[],
): Promise<void> {
  const refused: StoredCorrection = {
    ...certificate.correction,
    state: 'refused',
    findings,
    judgedAt: new Date().toISOString(),
  };
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql`update client_certificate set correction = ${JSON.stringify(refused)}::jsonb
      where id = ${certificate.id} and correction = ${JSON.stringify(certificate.correction)}::jsonb returning id`.execute(
      tx,
    );
    if (rows.length === 0) return;
    await recordAuditEvent(tx, scope, {
      customerId: certificate.customerId,
      action: 'client-certificate.correction-refused',
      subject: `client-certificate:${certificate.id}`,
      detail: { codes: findings.map(({ code }) => code), askedBy: certificate.correction.askedBy },
    });
  });
}

function told({ kind, domain, policy, anchorsPem }: CertificateFactsSaid): object {
  return { kind, domain, policy, roots: anchorsPem?.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0 };
}
