import {
  certificateContacts,
  certificateRequest,
  certificateRequestList,
  createCertificateRequest,
  idParameters,
  intakeFinding,
  type CertificateRequest,
  type CreateCertificateRequest,
} from '@sallyport/console-api';
import {
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
import { nameFaults, namesAsked } from '@sallyport/lifecycle';
import type { Routes } from '../api-context.ts';
import { ApiProblem, invalidFields, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { agreedRoots } from './agreed-roots.ts';
import { ownerOfKind } from './owner-of-kind.ts';

/** GET, POST /certificate-requests; GET, DELETE /certificate-requests/{id}: keys are made by a connector. */
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
      mustFit(body);
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
          dnsNames: [...new Set(body.dnsNames)],
          organization: body.organization ?? null,
          country: body.country ?? null,
        },
      });
      reply.status(202);
      return found(store, scope, id);
    },
  );
  api.delete(
    '/certificate-requests/:id',
    { schema: { params: idParameters, response: { 200: certificateRequest } } },
    async (request) => {
      const { scope } = callerOf(request);
      await found(store, scope, request.params.id);
      if (!(await withdrawCertificateRequest(store, scope, request.params.id)))
        throw new ApiProblem('certificate-request-not-open', {
          detail: 'A certificate was made for it, or it was given up already.',
        });
      return found(store, scope, request.params.id);
    },
  );
};

/** What the intake would refuse of any certificate for this request, before an authority is paid for it. @throws ApiProblem */
function mustFit(body: CreateCertificateRequest): void {
  const { kind, domain, dnsNames } = body;
  const faults = nameFaults(namesAsked(body), kind, domain ?? null);
  // Where no DNS names are given, the common name is meant.
  const path = dnsNames.length === 0 ? 'commonName' : 'dnsNames';
  if (faults.length > 0) throw invalidFields(faults.map((fault) => ({ ...fault, path })));
}

async function found(store: Store, scope: Scope, id: string): Promise<CertificateRequest> {
  const request = await findCertificateRequest(store, scope, id);
  if (request === null) throw notFound('certificate request');
  return shown(request, await customerNames(store));
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
    contacts: certificateContacts.safeParse(request.contacts).data ?? null,
    keyType,
    commonName,
    dnsNames: [...dnsNames],
    organization,
    state: request.state === 'open' && request.certificateId !== null ? 'fulfilled' : request.state,
    requestPem: request.requestPem,
    certificateId: request.certificateId,
    findings: request.findings.flatMap((one) => intakeFinding.safeParse(one).data ?? []),
    requestedAt: request.requestedAt.toISOString(),
    requestedBy: request.requestedBy,
  };
}
