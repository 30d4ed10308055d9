import {
  certificateContacts,
  certificateRequest,
  certificateRequestCorrection,
  certificateRequestList,
  certificateRequestWithdrawal,
  createCertificateRequest,
  idParameters,
  intakeFinding,
  type CertificateRequest,
} from '@sallyport/console-api';
import {
  correctCertificateRequest,
  findCertificateRequest,
  insertCertificateRequest,
  listCertificateRequests,
  listCustomers,
  operatorId,
  withdrawCertificateRequest,
  type CertificateRequestRow,
  type Scope,
  type Store,
} from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { agreedRoots } from './agreed-roots.ts';
import { rootsIn } from './certificate-correction.ts';
import { ownerOfKind } from './owner-of-kind.ts';
import { requestFactsAsked } from './request-correction.ts';
import { askedAt, namesFor, namesMustFit } from './requested-names.ts';

/** GET, POST /certificate-requests; GET, PATCH /certificate-requests/{id}, POST …/withdraw: keys are made by a connector. */
export const certificateRequestRoutes: Routes = (api, { store }) => {
  api.get('/certificate-requests', { schema: { response: { 200: certificateRequestList } } }, async (request) => {
    const { scope } = callerOf(request);
    const [requests, names] = [await listCertificateRequests(store, scope), await customerNames(store)];
    return { items: requests.map((one) => shown(one, names)) };
  });
  api.get(
    '/certificate-requests/:id',
    { schema: { params: idParameters, response: { 200: certificateRequest } } },
    async (request) => {
      const { scope } = callerOf(request);
      return found(store, scope, request.params.id);
    },
  );
  api.post(
    '/certificate-requests',
    { schema: { body: createCertificateRequest, response: { 202: certificateRequest } } },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const { body } = request;
      const dnsNames = namesFor(body);
      const { kind, domain = null } = body;
      namesMustFit({ ...body, dnsNames }, { kind, domain }, () => askedAt(body));
      const id = await insertCertificateRequest(store, scope, {
        customerId: await ownerOfKind(store, body),
        kind: body.kind,
        name: body.name ?? body.commonName,
        domain: body.domain ?? null,
        policy: body.policy,
        anchorsPem: agreedRoots(body.anchorsPem),
        contacts: body.contacts ?? null,
        makeDefault: body.makeDefault,
        wanted: {
          keyType: body.keyType,
          commonName: body.commonName,
          dnsNames,
          organization: body.organization ?? null,
          country: body.country ?? null,
        },
      });
      reply.status(202);
      return found(store, scope, id);
    },
  );
  api.patch(
    '/certificate-requests/:id',
    { schema: { params: idParameters, body: certificateRequestCorrection, response: { 200: certificateRequest } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      const made = await stored(store, scope, id);
      const changed = requestFactsAsked(made, request.body);
      if (Object.keys(changed).length > 0 && !(await correctCertificateRequest(store, scope, id, changed)))
        throw new ApiProblem('certificate-request-not-open', {
          detail:
            made.certificateId === null
              ? 'It was given up, or its key could not be made: nothing of it can be corrected.'
              : 'A certificate was made for it: correct what is said of the certificate, on its own page.',
          actor: 'operator',
        });
      return found(store, scope, id);
    },
  );
  api.post(
    '/certificate-requests/:id/withdraw',
    { schema: { params: idParameters, body: certificateRequestWithdrawal, response: { 200: certificateRequest } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      await stored(store, scope, id);
      if (!(await withdrawCertificateRequest(store, scope, id, request.body.reason)))
        throw new ApiProblem('certificate-request-not-open', {
          detail: 'A certificate was made for it, or it was given up already.',
        });
      return found(store, scope, id);
    },
  );
};

async function stored(store: Store, scope: Scope, id: string): Promise<CertificateRequestRow> {
  const request = await findCertificateRequest(store, scope, id);
  if (request === null) throw notFound('certificate request');
  return request;
}

async function found(store: Store, scope: Scope, id: string): Promise<CertificateRequest> {
  return shown(await stored(store, scope, id), await customerNames(store));
}

async function customerNames(store: Store): Promise<ReadonlyMap<string, string>> {
  return new Map((await listCustomers(store)).map(({ id, name }) => [id, name]));
}

function shown(request: CertificateRequestRow, names: ReadonlyMap<string, string>): CertificateRequest {
  const ours = request.customerId === operatorId;
  const { keyType, commonName, dnsNames, organization } = request.wanted;
  return {
    id: request.id,
    kind: request.kind,
    customerId: ours ? null : request.customerId,
    customerName: ours ? null : (names.get(request.customerId) ?? null),
    name: request.name,
    domain: request.domain,
    policy: request.policy,
    agreedRoots: rootsIn(request.anchorsPem),
    contacts: certificateContacts.safeParse(request.contacts).data ?? null,
    keyType,
    commonName,
    dnsNames: [...dnsNames],
    organization,
    state: request.state === 'open' && request.certificateId !== null ? 'fulfilled' : request.state,
    requestPem: request.requestPem,
    certificateId: request.certificateId,
    withdrawnReason: request.withdrawnReason,
    findings: request.findings.flatMap((one) => intakeFinding.safeParse(one).data ?? []),
    requestedAt: request.requestedAt.toISOString(),
    requestedBy: request.requestedBy,
  };
}
