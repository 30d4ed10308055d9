/** Uploads: sealed as they are before anything else happens; only a connector can open them. */
import {
  certificateContacts,
  certificateUpload,
  certificateUploadList,
  createCertificateUpload,
  giveBackCertificate,
  idParameters,
  largestUpload,
  largestUploadBody,
  type CertificateUpload,
  type ClientCertificateKind,
} from '@sallyport/console-api';
import {
  cancelCertificateUpload,
  currentSealKey,
  findCertificateRequest,
  findCertificateUpload,
  insertCertificateUpload,
  listCertificateUploads,
  operatorId,
  sealSecret,
  type AboutUpload,
  type CertificateUploadRow,
  type Scope,
  type Store,
} from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { ApiProblem, invalidFields, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { agreedRoots } from './agreed-roots.ts';
import { rootsIn } from './certificate-correction.ts';
import { ownerOfKind } from './owner-of-kind.ts';
import { storedJudgement } from './stored-judgement.ts';

/** GET, POST /certificate-uploads; GET, DELETE /certificate-uploads/{id}: called back while it waits; POST /certificate-requests/{id}/certificate. */
export const certificateUploadRoutes: Routes = (api, { store }) => {
  api.get('/certificate-uploads', { schema: { response: { 200: certificateUploadList } } }, async (request) => {
    const { scope } = callerOf(request);
    return { items: (await listCertificateUploads(store, scope)).map(shownUpload) };
  });
  api.get(
    '/certificate-uploads/:id',
    { schema: { params: idParameters, response: { 200: certificateUpload } } },
    async (request) => {
      const { scope } = callerOf(request);
      return foundUpload(store, scope, request.params.id);
    },
  );
  api.post(
    '/certificate-uploads',
    { bodyLimit: largestUploadBody, schema: { body: createCertificateUpload, response: { 202: certificateUpload } } },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const { files, password, kind, name, domain, policy, anchorsPem, contacts, makeDefault } = request.body;
      const about: AboutUpload = {
        name: name ?? null,
        domain: domain ?? null,
        policy,
        anchorsPem: agreedRoots(anchorsPem),
        contacts: contacts ?? null,
        makeDefault,
      };
      const customerId = await ownerOfKind(store, request.body);
      const id = await putIn(store, scope, { customerId, kind, requestId: null, about }, files, password ?? null);
      reply.status(202);
      return foundUpload(store, scope, id);
    },
  );
  api.delete(
    '/certificate-uploads/:id',
    { schema: { params: idParameters, response: { 200: certificateUpload } } },
    async (request) => {
      const { scope } = callerOf(request);
      await foundUpload(store, scope, request.params.id);
      if (!(await cancelCertificateUpload(store, scope, request.params.id)))
        throw new ApiProblem('certificate-upload-not-waiting', {
          detail: 'It was judged already, or called back: see what came of it.',
        });
      return foundUpload(store, scope, request.params.id);
    },
  );
  api.post(
    '/certificate-requests/:id/certificate',
    {
      bodyLimit: largestUploadBody,
      schema: { params: idParameters, body: giveBackCertificate, response: { 202: certificateUpload } },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const made = await findCertificateRequest(store, scope, request.params.id);
      if (made === null) throw notFound('certificate request');
      if (made.state !== 'open')
        throw new ApiProblem('certificate-request-not-open', {
          detail:
            made.state === 'making-key'
              ? 'Its key is still being made.'
              : 'It was given up, or its key could not be made: ask for a new one.',
          actor: 'operator',
        });
      const { customerId, kind, name, domain, policy, anchorsPem, contacts } = made;
      const makeDefault = request.body.makeDefault || made.makeDefault;
      const about: AboutUpload = { name, domain, policy, anchorsPem, contacts, makeDefault };
      const upload = { customerId, kind, requestId: made.id, about };
      const id = await putIn(store, scope, upload, request.body.files, null);
      reply.status(202);
      return foundUpload(store, scope, id);
    },
  );
};

interface Upload {
  readonly customerId: string;
  readonly kind: ClientCertificateKind;
  readonly requestId: string | null;
  readonly about: AboutUpload;
}

/** Seals and stores; gives the id. @throws ApiProblem */
async function putIn(
  store: Store,
  scope: Scope,
  { customerId, kind, requestId, about }: Upload,
  files: readonly { readonly name: string; readonly base64: string }[],
  password: string | null,
): Promise<string> {
  const sizes = files.map(({ name, base64 }) => ({
    name,
    bytes: Math.floor((base64.replaceAll(/[\s=]/g, '').length * 3) / 4),
  }));
  const bytes = sizes.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes > largestUpload)
    throw invalidFields([
      {
        path: 'files',
        code: 'upload-too-large',
        message: `The files have ${bytes} bytes together; at most ${largestUpload} are taken. A certificate with chain and key has some thousand: send those alone.`,
      },
    ]);
  const key = await currentSealKey(store);
  if (key === null)
    throw new ApiProblem('seal-key-missing', {
      detail: 'No connector has registered a key to seal to.',
      actor: 'operator',
    });
  const plaintext = JSON.stringify({ password, files });
  const sealed = await sealSecret(key, { customerId, purpose: 'certificate-upload', plaintext });
  await insertCertificateUpload(store, scope, { kind, requestId, about, files: sizes, sealed });
  return sealed.id;
}

async function foundUpload(store: Store, scope: Scope, id: string): Promise<CertificateUpload> {
  const upload = await findCertificateUpload(store, scope, id);
  if (upload === null) throw notFound('upload');
  return shownUpload(upload);
}

function shownUpload(upload: CertificateUploadRow): CertificateUpload {
  const { findings, checks, chain, strangers } = storedJudgement(upload.judgement);
  return {
    id: upload.id,
    kind: upload.kind,
    customerId: upload.customerId === operatorId ? null : upload.customerId,
    name: upload.about.name,
    domain: upload.about.domain,
    policy: upload.about.policy,
    agreedRoots: rootsIn(upload.about.anchorsPem),
    contacts: certificateContacts.safeParse(upload.about.contacts).data ?? null,
    makeDefault: upload.about.makeDefault,
    requestId: upload.requestId,
    files: upload.files.map(({ name, bytes }) => ({ name, bytes })),
    state: upload.state,
    openers: upload.openers,
    certificateId: upload.certificateId,
    findings,
    checks,
    chain,
    strangers,
    uploadedAt: upload.uploadedAt.toISOString(),
    uploadedBy: upload.uploadedBy,
    judgedAt: upload.judgedAt?.toISOString() ?? null,
  };
}
