/** Corrections of what was said of a certificate: what is asked, and how it stands. */
import { intakeFinding, type ChangeClientCertificate, type ClientCertificateDetail } from '@sallyport/console-api';
import type { CertificateFactsSaid, InventoryCertificate, StoredCorrection } from '@sallyport/store';
import { readCertificatesText, writePem } from '@sallyport/x509';
import { ApiProblem, invalidFields } from '../api-problem.ts';
import { agreedRoots } from './agreed-roots.ts';

/** The facts that would be others than they are; empty where none would. @throws ApiProblem */
export function factsAsked(
  certificate: InventoryCertificate,
  { kind, domain, policy, anchorsPem }: ChangeClientCertificate,
): Partial<CertificateFactsSaid> {
  const asked: Partial<CertificateFactsSaid> = {
    ...(kind === undefined ? {} : { kind }),
    ...(domain === undefined ? {} : { domain }),
    ...(policy === undefined ? {} : { policy }),
    ...(anchorsPem === undefined ? {} : { anchorsPem: agreedRoots(anchorsPem ?? undefined) }),
  };
  const changed = Object.fromEntries(
    Object.entries(asked).filter(([fact, value]) => certificate[fact as keyof CertificateFactsSaid] !== value),
  ) as Partial<CertificateFactsSaid>;
  if (Object.keys(changed).length === 0) return changed;
  if (certificate.retiredAt !== null)
    throw new ApiProblem('client-certificate-retired', {
      detail: `'${certificate.name}' is retired: it stays as it was.`,
    });
  if (changed.kind !== undefined && (changed.kind === 'customer-custom') !== (certificate.kind === 'customer-custom'))
    throw invalidFields([
      {
        path: 'kind',
        code: 'owner-is-fixed',
        message: 'Its owner cannot change: retire it, and bring it again under the owner that it belongs to.',
      },
    ]);
  return changed;
}

/** How the last correction stands; null where none waits or was refused. */
export function shownCorrection(stored: unknown): ClientCertificateDetail['correction'] {
  if (stored == null) return null;
  const { wanted, askedAt, askedBy, state, findings, judgedAt } = stored as StoredCorrection;
  const { anchorsPem, ...others } = wanted;
  return {
    wanted: { ...others, ...(anchorsPem === undefined ? {} : { agreedRoots: rootsIn(anchorsPem) }) },
    askedAt: new Date(askedAt).toISOString(),
    askedBy,
    state,
    findings: (findings ?? []).flatMap((one) => intakeFinding.safeParse(one).data ?? []),
    judgedAt: judgedAt ?? null,
  };
}

/** Each root, with what people know it by. */
export function rootsIn(anchorsPem: string | null): ClientCertificateDetail['agreedRoots'] {
  const read = anchorsPem === null ? null : readCertificatesText(anchorsPem);
  if (read?.ok !== true) return [];
  return read.certificates.map(({ subject, sha256, der }) => ({
    subject: subject.toString(),
    sha256,
    pem: writePem('CERTIFICATE', der),
  }));
}
