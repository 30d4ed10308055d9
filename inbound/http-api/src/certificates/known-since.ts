/** What has become known of a certificate since a connector judged it: the next judgement says it too, and may be a day away. */
import type { IntakeFinding } from '@sallyport/console-api';
import type { ClientCertificateStatus, InventoryCertificate } from '@sallyport/store';

/** The findings of its judgement, and what blocks it since; each once. */
export function findingsNow(
  judged: readonly IntakeFinding[],
  { kind, notAfter }: Pick<InventoryCertificate, 'kind' | 'notAfter'>,
  status: Pick<ClientCertificateStatus, 'status' | 'since'> | undefined,
  now: number,
): IntakeFinding[] {
  const since: IntakeFinding[] = [];
  const block = (code: string, message: string): void => {
    if (judged.some((one) => one.code === code && one.severity === 'blocks')) return;
    since.push({
      topic: 'five-checks',
      code,
      severity: 'blocks',
      message,
      actor: kind === 'customer-custom' ? 'customer' : 'operator',
      from: null,
      source: null,
      sourceDate: null,
    });
  };
  if (status?.status === 'revoked')
    block(
      'X509_REVOCATION_REVOKED',
      'It is revoked: no connection is bound to it, and no far side is shown it. Bring another one.',
    );
  if (notAfter.getTime() <= now)
    block('X509_EXPIRED', `It ended at ${notAfter.toISOString()}: no far side is shown it. Bring another one.`);
  return [...since, ...judged];
}
