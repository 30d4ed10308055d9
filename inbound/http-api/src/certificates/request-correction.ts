/** Corrections of what was said of a certificate to come, while its request is open. */
import type { CertificateRequestCorrection } from '@sallyport/console-api';
import type { CertificateRequestRow, CorrectedRequest } from '@sallyport/store';
import { invalidFields } from '../api-problem.ts';
import { agreedRoots } from './agreed-roots.ts';
import { namesMustFit } from './requested-names.ts';

/** The facts that would be others than they are; empty where none would. @throws ApiProblem */
export function requestFactsAsked(
  request: CertificateRequestRow,
  { kind, name, domain, policy, anchorsPem, contacts }: CertificateRequestCorrection,
): CorrectedRequest {
  const asked: CorrectedRequest = {
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    ...(domain === undefined ? {} : { domain }),
    ...(policy === undefined ? {} : { policy }),
    ...(anchorsPem === undefined ? {} : { anchorsPem: agreedRoots(anchorsPem ?? undefined) }),
    ...(contacts === undefined ? {} : { contacts }),
  };
  const changed = Object.fromEntries(
    Object.entries(asked).filter(([fact, value]) => {
      const now = request[fact as keyof CorrectedRequest];
      return fact === 'contacts' ? JSON.stringify(now) !== JSON.stringify(value) : now !== value;
    }),
  ) as CorrectedRequest;
  if (changed.kind !== undefined && (changed.kind === 'customer-custom') !== (request.kind === 'customer-custom'))
    throw invalidFields([
      {
        path: 'kind',
        code: 'owner-is-fixed',
        message: 'Its owner cannot change: give this request up, and ask for another key for the owner that is meant.',
      },
    ]);
  // The names lie at the authority already: what is corrected has to fit them.
  if (changed.kind !== undefined || changed.domain !== undefined)
    namesMustFit(request.wanted, { kind: request.kind, domain: request.domain, ...changed }, ({ code }) =>
      code === 'outside-domain' ? 'domain' : 'kind',
    );
  return changed;
}
