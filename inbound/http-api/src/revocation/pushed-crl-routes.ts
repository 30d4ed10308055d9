/** CRLs of an agreed private CA that its customer brings, because connectors cannot fetch them. */
import { createHash } from 'node:crypto';
import { idParameters, longestPushedCrl, pushCrl, pushedCrl, type PushedCrl } from '@sallyport/console-api';
import {
  findCertificateEvidence,
  findConnection,
  findHandshake,
  largestPushedCrl,
  storePushedCrl,
  type Connection,
  type PushedCrl as StoredCrl,
  type Scope,
  type Store,
} from '@sallyport/store';
import {
  isCrlSignedBy,
  privateAuthorityRules,
  readCertificate,
  readCrl,
  readPem,
  validationPolicy,
  X509Error,
  type Certificate,
  type Crl,
} from '@sallyport/x509';
import type { Routes } from '../api-context.ts';
import { invalidFields, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';

const policy = validationPolicy('rfc5280', { rules: privateAuthorityRules });

/** POST /connections/{id}/crls. */
export const pushedCrlRoutes: Routes = (api, { store }) => {
  api.post(
    '/connections/:id/crls',
    {
      bodyLimit: longestPushedCrl + 1_000,
      schema: { params: idParameters, body: pushCrl, response: { 201: pushedCrl } },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const connection = await findConnection(store, scope, request.params.id);
      if (connection === null) throw notFound('connection');
      const now = new Date();
      const der = bytesOf(request.body.crl);
      const crl = readStrictly(der);
      mustBeSigned(crl, await authoritiesOf(store, scope, connection));
      if (crl.thisUpdate > now.getTime()) throw fault('X509_CRL_NOT_YET_VALID', 'The CRL is from the future.');
      if (crl.nextUpdate !== null && crl.nextUpdate <= now.getTime())
        throw fault('X509_CRL_EXPIRED', 'The CRL should have been replaced by a newer one already.');
      const facts = {
        authority: crl.issuer.toString(),
        sha256: createHash('sha256').update(der).digest('hex'),
        entries: crl.index.count,
        thisUpdate: new Date(crl.thisUpdate),
        nextUpdate: crl.nextUpdate === null ? null : new Date(crl.nextUpdate),
      };
      await storePushedCrl(store, scope, connection.id, { ...facts, der });
      request.log.info({ event: 'crl.pushed', connectionId: connection.id, entries: facts.entries });
      reply.status(201);
      return shownPushedCrl({ ...facts, pushedAt: now, pushedBy: scope.actor }, now);
    },
  );
};

export function shownPushedCrl(crl: StoredCrl, now: Date): PushedCrl {
  const { authority, sha256, entries, thisUpdate, nextUpdate, pushedAt } = crl;
  return {
    authority,
    sha256,
    entries,
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate?.toISOString() ?? null,
    ageSeconds: (now.getTime() - thisUpdate.getTime()) / 1000,
    pushedAt: pushedAt.toISOString(),
  };
}

function fault(code: string, message: string): Error {
  return invalidFields([{ path: 'crl', code, message }]);
}

function bytesOf(text: string): Buffer {
  const pem = text.trimStart().startsWith('-----BEGIN');
  if (!pem && !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text))
    throw fault('crl-unreadable', 'Send the CRL as PEM, or its DER in base64.');
  const der = pem ? pemBytes(text) : Buffer.from(text, 'base64');
  if (der.length > largestPushedCrl)
    throw fault('crl-too-large', `A CRL that is pushed has at most ${largestPushedCrl} bytes.`);
  return der;
}

function pemBytes(text: string): Buffer {
  try {
    const [block, ...others] = readPem(text);
    if (block === undefined || others.length > 0 || block.label !== 'X509 CRL')
      throw fault('crl-unreadable', 'One block of X509 CRL is wanted.');
    return Buffer.from(block.der);
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    throw fault(error.code, `The PEM cannot be read: ${error.message}.`);
  }
}

function readStrictly(der: Uint8Array): Crl {
  try {
    return readCrl(der, { maximumBytes: largestPushedCrl });
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    throw fault(error.code, `The CRL cannot be read: ${error.message}.`);
  }
}

/** Connectors judge it again at every use; here a wrong file is told to whoever brought it. */
function mustBeSigned(crl: Crl, authorities: readonly Certificate[]): void {
  const named = authorities.filter(({ subject }) => subject.equals(crl.issuer));
  if (named.length === 0)
    throw fault(
      'crl-other-issuer',
      `The CRL is of ${crl.issuer.toString().slice(0, 200)}, which is no authority of this connection.`,
    );
  if (!named.some((authority) => isSignedBy(crl, authority)))
    throw fault('crl-wrong-signer', 'The CRL bears the name of the authority but was not signed with its key.');
}

function isSignedBy(crl: Crl, authority: Certificate): boolean {
  try {
    return isCrlSignedBy(crl, authority.publicKey, policy);
  } catch (error) {
    if (error instanceof X509Error) return false;
    throw error;
  }
}

/** The agreed anchors, and the intermediates that the far side showed last. */
async function authoritiesOf(store: Store, scope: Scope, connection: Connection): Promise<readonly Certificate[]> {
  const { anchors } = connection.terms;
  if (anchors.kind !== 'pem')
    throw fault('crl-public-authority', 'CRLs are taken for an agreed private CA only; public ones are fetched.');
  const handshake =
    connection.lastHandshakeId === null ? null : await findHandshake(store, scope, connection.lastHandshakeId);
  const shown = await findCertificateEvidence(store, handshake?.chainSha256.slice(1) ?? []);
  return [...readPem(anchors.pem).map(({ der }) => der), ...shown.values()].flatMap(readable);
}

function readable(der: Uint8Array): readonly Certificate[] {
  try {
    return [readCertificate(der)];
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}
