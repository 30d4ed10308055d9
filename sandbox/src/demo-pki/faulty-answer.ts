/** CRLs and OCSP responses that are wrong in one respect, and the ways in which a source can fail to hand one over. */
import type { ServerResponse } from 'node:http';
import type { SandboxFaultName } from '@sallyport/console-api/sandbox-faults';
import { answerOcsp, tryLaterResponse, type AnsweredIssuer } from './ocsp-response.ts';
import { freshMilliseconds, issueRevocationList } from './revocation-list.ts';

export type SourceFault = Extract<SandboxFaultName, `source-${string}`>;

/** What a source is asked for. */
export type SourceQuestion =
  | { readonly kind: 'crl'; readonly answering: AnsweredIssuer }
  | { readonly kind: 'ocsp'; readonly request: Uint8Array; readonly answering: readonly AnsweredIssuer[] };

/** What a faulty source has at hand besides the right keys. */
export interface Impostors {
  /** A key that no certificate of the authority names. */
  readonly strangerKeyPem: string;
  /** A responder with its own self-made certificate. */
  readonly strangerResponder: Responder;
  /** Certified by the authority, but not for OCSP. */
  readonly unauthorisedResponder: Responder;
}

export interface Responder {
  readonly certificatePem: string;
  readonly keyPem: string;
}

const contentTypes = { crl: 'application/pkix-crl', ocsp: 'application/ocsp-response' } as const;
const page = Buffer.from('<!doctype html><title>Welcome</title><p>Please accept the terms of use of this network.</p>');
/** Between two bytes, or two lumps of bytes. */
const dripMilliseconds = 200;
const endlessLump = Buffer.alloc(65_536, 0x30);
/** The metadata service of clouds: link-local, and never dialled. */
const privateUrl = 'http://169.254.169.254/latest/meta-data/';
const fileUrl = 'file:///etc/hostname';

/** The bytes of an answer; a fault of handing over changes nothing about them. */
export function makeAnswer(
  question: SourceQuestion,
  fault: SourceFault | null,
  at: number,
  impostors: Impostors,
): Buffer {
  const moment =
    fault === 'source-stale' ? at - 2 * freshMilliseconds : fault === 'source-future' ? at + freshMilliseconds : at;
  const bytes =
    question.kind === 'crl'
      ? makeList(question.answering, fault, moment, impostors)
      : makeResponse(question.request, question.answering, fault, moment, impostors);
  if (fault === 'source-bad-signature') return withAlteredEnd(question, bytes);
  if (fault === 'source-malformed') return Buffer.from(bytes).fill(0xff, 40);
  if (fault === 'source-empty') return Buffer.alloc(0);
  return bytes;
}

function makeList(answering: AnsweredIssuer, fault: SourceFault | null, at: number, impostors: Impostors): Buffer {
  const { issuer } = answering;
  return issueRevocationList(issuer, answering.revocations(), at, {
    ...(fault === 'source-wrong-signer' ? { signerKeyPem: impostors.strangerKeyPem } : {}),
    ...(fault === 'source-other-certificate' ? { onlyForPoint: 'http://127.0.0.1/crl/another-shard.crl' } : {}),
  });
}

function makeResponse(
  request: Uint8Array,
  answering: readonly AnsweredIssuer[],
  fault: SourceFault | null,
  at: number,
  impostors: Impostors,
): Buffer {
  switch (fault) {
    case 'source-try-later':
      return tryLaterResponse;
    case 'source-wrong-signer':
      return answerOcsp(request, answering, at, { responder: impostors.strangerResponder });
    case 'source-unauthorised-responder':
      return answerOcsp(request, answering, at, { responder: impostors.unauthorisedResponder });
    case 'source-unknown':
      return answerOcsp(request, answering, at, { status: 'unknown' });
    case 'source-other-certificate':
      return answerOcsp(request, answering, at, { serialOffset: 1n });
    case 'source-nonce-mismatch':
      return answerOcsp(request, answering, at, { nonce: 'other' });
    default:
      return answerOcsp(request, answering, at);
  }
}

/** The signature of a CRL is its last bytes; that of an OCSP response may have a certificate behind it, so the middle is altered. */
function withAlteredEnd(question: SourceQuestion, bytes: Buffer): Buffer {
  const altered = Buffer.from(bytes);
  const at =
    question.kind === 'crl' || question.answering.every(({ responder }) => responder === null)
      ? altered.length - 8
      : signatureAt(altered);
  altered[at] = (altered[at] ?? 0) ^ 1;
  return altered;
}

/** The last BIT STRING before the certificates `[0]` of a response that ends with them: ecdsa-with-SHA256 stands before it. */
function signatureAt(bytes: Buffer): number {
  const algorithm = Buffer.from('300a06082a8648ce3d040302', 'hex');
  const found = bytes.indexOf(algorithm);
  return found < 0 ? bytes.length - 8 : found + algorithm.length + 12;
}

/** Hands an answer over, in the way that the fault asks for. `path` is that of the question, for redirects to itself. */
export function deliverAnswer(
  response: ServerResponse,
  kind: SourceQuestion['kind'],
  bytes: Buffer,
  fault: SourceFault | null,
  path: string,
): void {
  const type = { 'content-type': contentTypes[kind] };
  switch (fault) {
    case 'source-down':
      response.destroy();
      return;
    case 'source-slow':
      return;
    case 'source-dripping':
      response.writeHead(200, { ...type, 'content-length': bytes.length });
      drip(response, (at) => (at < bytes.length ? bytes.subarray(at, at + 1) : null));
      return;
    case 'source-endless':
      response.writeHead(200, type);
      drip(response, () => endlessLump, 1);
      return;
    case 'source-404':
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    case 'source-html':
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length }).end(page);
      return;
    case 'source-truncated':
      response.writeHead(200, { ...type, 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
      return;
    case 'source-redirect-loop':
      response.writeHead(302, { location: nextTurn(path) }).end();
      return;
    case 'source-redirect-private':
      response.writeHead(302, { location: privateUrl }).end();
      return;
    case 'source-redirect-file':
      response.writeHead(302, { location: fileUrl }).end();
      return;
    case 'source-try-later':
      if (kind === 'crl') response.writeHead(503, { 'retry-after': '120' }).end();
      else response.writeHead(200, { ...type, 'content-length': bytes.length }).end(bytes);
      return;
    default:
      response.writeHead(200, { ...type, 'content-length': bytes.length }).end(bytes);
  }
}

/** Another address each time, so that no client sees the loop by comparing two. */
function nextTurn(path: string): string {
  const [bare = '', turn = '0'] = path.split('?turn=');
  return `${bare}?turn=${Number(turn) + 1}`;
}

function drip(
  response: ServerResponse,
  next: (at: number) => Buffer | null,
  milliseconds: number = dripMilliseconds,
): void {
  let at = 0;
  const timer = setInterval(() => {
    const piece = next(at);
    if (piece === null) response.end();
    // A reader that does not keep up gets no more: memory has an end here too.
    else if (!response.writableNeedDrain) {
      response.write(piece);
      at += piece.length;
    }
  }, milliseconds);
  response.once('close', () => clearInterval(timer));
}
