import type { ClientCertificateDetail } from '@sallyport/console-api';

/**
 * What was learned of its revocation after the checks were made, which wait a day for their next turn; null where the
 * checks are newer, or nothing was learned.
 */
export function laterRevocation({
  judgedAt,
  revocation,
}: Pick<ClientCertificateDetail, 'judgedAt' | 'revocation'>): { readonly message: string; readonly at: string } | null {
  if (revocation === undefined || revocation.status === 'unknown') return null;
  if (judgedAt !== null && Date.parse(revocation.judgedAt) <= Date.parse(judgedAt)) return null;
  return { message: revocation.message, at: revocation.judgedAt };
}
