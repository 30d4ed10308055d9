import {
  certificateContacts,
  certificateExport,
  changeClientCertificate,
  clientCertificateDetail,
  clientCertificateList,
  clientCertificateQuery,
  idParameters,
  type ClientCertificate,
  type ClientCertificateDetail,
  type OwnRevocation,
} from '@sallyport/console-api';
import {
  askCertificateCorrection,
  describeCertificate,
  findCertificateRequest,
  findInventoryCertificate,
  listCertificateUses,
  listClientCertificateStatuses,
  listCustomers,
  listInventory,
  operatorId,
  type CertificateUse,
  type ClientCertificateStatus,
  type InventoryCertificate,
  type Scope,
  type Store,
} from '@sallyport/store';
import { writePem } from '@sallyport/x509';
import type { Routes } from '../api-context.ts';
import { notFound } from '../api-problem.ts';
import { actorNames } from '../session/actor-names.ts';
import { callerOf } from '../session/caller.ts';
import { findingsNow } from './known-since.ts';
import { factsAsked, rootsIn, shownCorrection } from './certificate-correction.ts';
import { certificatesIn, daysLeft, shownChain, storedJudgement } from './stored-judgement.ts';

/** GET /client-certificates and /{id}, PATCH, GET /{id}/export: with which we show who we are; keys are sealed and never answered. */
export const clientCertificateRoutes: Routes = (api, { store }) => {
  api.get(
    '/client-certificates',
    { schema: { querystring: clientCertificateQuery, response: { 200: clientCertificateList } } },
    async (request) => {
      const { scope } = callerOf(request);
      const [certificates, around] = await Promise.all([
        listInventory(store, scope, request.query.retired === 'true'),
        surroundings(store, scope, null),
      ]);
      const actors = await actorsOf(store, certificates);
      return { items: certificates.map((certificate) => shown(certificate, { ...around, actors })) };
    },
  );
  api.get(
    '/client-certificates/:id',
    { schema: { params: idParameters, response: { 200: clientCertificateDetail } } },
    async (request) => {
      const { scope } = callerOf(request);
      return detailOf(store, scope, request.params.id);
    },
  );
  api.patch(
    '/client-certificates/:id',
    { schema: { params: idParameters, body: changeClientCertificate, response: { 200: clientCertificateDetail } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { params, body } = request;
      const certificate = await findInventoryCertificate(store, scope, params.id);
      if (certificate === null) throw notFound('certificate');
      const facts = factsAsked(certificate, body);
      const { name, contacts } = body;
      if (name !== undefined || contacts !== undefined)
        await describeCertificate(store, scope, params.id, { name, ...(contacts === undefined ? {} : { contacts }) });
      if (Object.keys(facts).length > 0 && !(await askCertificateCorrection(store, scope, params.id, facts)))
        throw notFound('certificate');
      return detailOf(store, scope, request.params.id);
    },
  );
  api.get(
    '/client-certificates/:id/export',
    { schema: { params: idParameters, response: { 200: certificateExport } } },
    async (request) => {
      const { scope } = callerOf(request);
      const certificate = await findInventoryCertificate(store, scope, request.params.id);
      if (certificate === null) throw notFound('certificate');
      const [endEntity, ...issuers] = certificatesIn(certificate.chainPem);
      const made =
        certificate.requestId === null ? null : await findCertificateRequest(store, scope, certificate.requestId);
      return {
        fileName: certificate.name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._]+/, '') || 'certificate',
        certificatePem: endEntity === undefined ? certificate.chainPem : writePem('CERTIFICATE', endEntity.der),
        chainPem: issuers.map(({ der }) => writePem('CERTIFICATE', der)).join(''),
        requestPem: made?.requestPem ?? null,
      };
    },
  );
};

interface Surroundings {
  readonly names: ReadonlyMap<string, string>;
  readonly statuses: ReadonlyMap<string, ClientCertificateStatus>;
  readonly uses: ReadonlyMap<string, readonly CertificateUse[]>;
  readonly now: number;
  /** `person:ID` and `token:ID` to names. */
  readonly actors: Readonly<Record<string, string>>;
}

async function surroundings(store: Store, scope: Scope, id: string | null): Promise<Omit<Surroundings, 'actors'>> {
  const [customers, statuses, uses] = await Promise.all([
    listCustomers(store),
    listClientCertificateStatuses(store, scope),
    listCertificateUses(store, scope, id),
  ]);
  return {
    names: new Map(customers.map((customer) => [customer.id, customer.name])),
    statuses: new Map(statuses.map((status) => [status.clientCertificateId, status])),
    uses: Map.groupBy(uses, ({ certificateId }) => certificateId),
    now: Date.now(),
  };
}

/** Who retired what is retired. */
async function actorsOf(store: Store, certificates: readonly InventoryCertificate[]): Promise<Surroundings['actors']> {
  const actors = certificates.flatMap(({ retiredBy }) => retiredBy ?? []);
  return actors.length === 0 ? {} : actorNames(store, actors);
}

/** @throws ApiProblem */
export async function detailOf(store: Store, scope: Scope, id: string): Promise<ClientCertificateDetail> {
  const [certificate, around] = await Promise.all([
    findInventoryCertificate(store, scope, id),
    surroundings(store, scope, id),
  ]);
  if (certificate === null) throw notFound('certificate');
  const { checks, chain, fetchedSha256 } = storedJudgement(certificate.judgement);
  return {
    ...shown(certificate, { ...around, actors: await actorsOf(store, [certificate]) }),
    chain: chain.length > 0 ? chain : shownChain(certificatesIn(certificate.chainPem)),
    fetchedSha256,
    checks,
    findings: findingsOf(certificate, around),
    requestId: certificate.requestId,
    agreedRoots: rootsIn(certificate.anchorsPem),
    correction: shownCorrection(certificate.correction),
    sameKey: await othersOfSameKey(store, scope, certificate),
  };
}

/** Certificates in use with the same public key: the key of one that is retired lives on with them. */
async function othersOfSameKey(
  store: Store,
  scope: Scope,
  certificate: InventoryCertificate,
): Promise<ClientCertificateDetail['sameKey']> {
  const key = publicKeyOf(certificate);
  if (key === null) return [];
  return (await listInventory(store, scope))
    .filter((other) => other.id !== certificate.id && publicKeyOf(other) === key)
    .map(({ id, name }) => ({ id, name }));
}

function publicKeyOf({ chainPem }: InventoryCertificate): string | null {
  const [endEntity] = certificatesIn(chainPem);
  return endEntity === undefined ? null : Buffer.from(endEntity.publicKeyDer).toString('base64');
}

function findingsOf(
  certificate: InventoryCertificate,
  { statuses, now }: Pick<Surroundings, 'statuses' | 'now'>,
): ClientCertificateDetail['findings'] {
  const { findings } = storedJudgement(certificate.judgement);
  return certificate.retiredAt === null
    ? findingsNow(findings, certificate, statuses.get(certificate.id), now)
    : findings;
}

function shown(stored: InventoryCertificate, { names, statuses, uses, now, actors }: Surroundings): ClientCertificate {
  const ours = stored.customerId === operatorId;
  const chain = certificatesIn(stored.chainPem);
  const revocation = statuses.get(stored.id);
  const findings = findingsOf(stored, { statuses, now });
  return {
    id: stored.id,
    name: stored.name,
    kind: stored.kind,
    customerId: ours ? null : stored.customerId,
    customerName: ours ? null : (names.get(stored.customerId) ?? null),
    subject: chain[0]?.subject.toString() ?? '',
    issuer: chain[0]?.issuer.toString() ?? '',
    notBefore: stored.notBefore.toISOString(),
    notAfter: stored.notAfter.toISOString(),
    daysLeft: daysLeft(chain, stored.notAfter, now),
    sha256: stored.sha256,
    isDefault: stored.isDefault,
    chainPem: stored.chainPem,
    domain: stored.domain,
    custody: stored.custody,
    policy: stored.policy,
    contacts: certificateContacts.safeParse(stored.contacts).data ?? null,
    usages: (uses.get(stored.id) ?? []).map(({ connectionId, connectionName, customerId, customerName, pointer }) => ({
      connectionId,
      connectionName,
      customerId,
      customerName,
      pointer,
    })),
    addedAt: stored.createdAt.toISOString(),
    judgedAt: stored.judgedAt?.toISOString() ?? null,
    retirement: shownRetirement(stored, actors),
    blocking: findings.filter(({ severity }) => severity === 'blocks').length,
    warnings: findings.filter(({ severity }) => severity === 'warns').length,
    ...(revocation === undefined ? {} : { revocation: shownRevocation(revocation) }),
  };
}

function shownRetirement(
  { retiredAt, retiredBy, retiredReason, keyDestroyedAt }: InventoryCertificate,
  actors: Surroundings['actors'],
): ClientCertificate['retirement'] {
  if (retiredAt === null) return null;
  return {
    retiredAt: retiredAt.toISOString(),
    retiredBy: retiredBy ?? '',
    retiredByName: actors[retiredBy ?? ''] ?? null,
    reason: retiredReason ?? '',
    keyDestroyedAt: keyDestroyedAt?.toISOString() ?? null,
  };
}

function shownRevocation({ status, code, message, judgedAt, since }: ClientCertificateStatus): OwnRevocation {
  return { status, code, message, judgedAt: judgedAt.toISOString(), since: since.toISOString() };
}
