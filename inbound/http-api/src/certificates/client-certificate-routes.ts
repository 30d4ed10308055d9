import { clientCertificateList, type ClientCertificate, type OwnRevocation } from '@sallyport/console-api';
import {
  listClientCertificates,
  listClientCertificateStatuses,
  listCustomers,
  operatorId,
  type ClientCertificate as StoredCertificate,
  type ClientCertificateStatus,
} from '@sallyport/store';
import { readCertificate, readPem } from '@sallyport/x509';
import type { Routes } from '../api-context.ts';
import { callerOf } from '../session/caller.ts';

/** GET /client-certificates: with which we show who we are; keys are sealed and never answered. */
export const clientCertificateRoutes: Routes = (api, { store }) => {
  api.get('/client-certificates', { schema: { response: { 200: clientCertificateList } } }, async (request) => {
    const { scope } = callerOf(request);
    const [certificates, customers, statuses] = await Promise.all([
      listClientCertificates(store, scope),
      listCustomers(store),
      listClientCertificateStatuses(store, scope),
    ]);
    const known = new Map(statuses.map((status) => [status.clientCertificateId, status]));
    const names = new Map(customers.map(({ id, name }) => [id, name]));
    return {
      items: certificates.map((certificate) => shownCertificate(certificate, names, known.get(certificate.id))),
    };
  });
};

function shownCertificate(
  stored: StoredCertificate,
  customerNames: ReadonlyMap<string, string>,
  revocation: ClientCertificateStatus | undefined,
): ClientCertificate {
  const ours = stored.customerId === operatorId;
  return {
    id: stored.id,
    name: stored.name,
    kind: stored.kind,
    customerId: ours ? null : stored.customerId,
    customerName: ours ? null : (customerNames.get(stored.customerId) ?? null),
    ...namesIn(stored.chainPem),
    notBefore: stored.notBefore.toISOString(),
    notAfter: stored.notAfter.toISOString(),
    sha256: stored.sha256,
    isDefault: stored.isDefault,
    chainPem: stored.chainPem,
    daysLeft: (stored.notAfter.getTime() - Date.now()) / 86_400_000,
    domain: null,
    custody: 'uploaded',
    policy: 'public-third-party',
    contacts: null,
    usages: [],
    addedAt: stored.notBefore.toISOString(),
    judgedAt: null,
    blocking: 0,
    warnings: 0,
    ...(revocation === undefined ? {} : { revocation: shownRevocation(revocation) }),
  };
}

function shownRevocation({ status, code, message, judgedAt, since }: ClientCertificateStatus): OwnRevocation {
  return { status, code, message, judgedAt: judgedAt.toISOString(), since: since.toISOString() };
}

/** Intake judged it already; should it be unreadable all the same, the list is still shown. */
function namesIn(chainPem: string): { subject: string; issuer: string } {
  try {
    const [first] = readPem(chainPem);
    const certificate = first === undefined ? null : readCertificate(first.der);
    return { subject: certificate?.subject.toString() ?? '', issuer: certificate?.issuer.toString() ?? '' };
  } catch {
    return { subject: '', issuer: '' };
  }
}
