/** Answers CRL, OCSP and CA-certificate requests of the demo CA; which certificates are revoked is kept in memory. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serialOf } from './certificate.ts';
import { clientCertificates, type ClientCertificateKind } from './client-certificates.ts';
import { issuerOf, type DemoAuthority } from './demo-authority.ts';
import { derOfPem } from './der.ts';
import { deliverAnswer, makeAnswer, type Impostors, type SourceFault, type SourceQuestion } from './faulty-answer.ts';
import type { AnsweredIssuer } from './ocsp-response.ts';
import type { Revocation } from './revocation-list.ts';

/** RFC 6960 requests are some hundred bytes. */
const longestRequestBytes = 10_000;
const authorities = ['root', 'rsaIssuer', 'ecdsaIssuer'] as const;
type AuthorityName = (typeof authorities)[number];
const ocspOnly: readonly SourceFault[] = ['source-unknown', 'source-unauthorised-responder', 'source-nonce-mismatch'];

/** Certificates that can be revoked by name; a renewal by its own, so that the one before it can be revoked alone. */
export type RevocableName = 'server' | ClientCertificateKind | `${ClientCertificateKind}-renewed`;
export const revocableNames: readonly RevocableName[] = [
  'server',
  ...clientCertificates.flatMap(({ kind }) => [kind, `${kind}-renewed`] as const),
];

export class RevocationService {
  readonly #authority: DemoAuthority;
  readonly #revoked = new Map<AuthorityName, Map<bigint, Revocation>>(authorities.map((name) => [name, new Map()]));
  readonly #answering: Readonly<Record<AuthorityName, AnsweredIssuer>>;
  readonly #impostors: Impostors;
  /** What is wrong with every answer; null while nothing is. */
  fault: SourceFault | null = null;

  constructor(authority: DemoAuthority, at: number) {
    this.#authority = authority;
    const answering = (name: AuthorityName): AnsweredIssuer => ({
      issuer: issuerOf(authority, name),
      responder: name === 'ecdsaIssuer' ? authority.responder : null,
      revocations: () => this.#revocationsOf(name),
    });
    this.#answering = {
      root: answering('root'),
      rsaIssuer: answering('rsaIssuer'),
      ecdsaIssuer: answering('ecdsaIssuer'),
    };
    this.#impostors = {
      strangerKeyPem: authority.strangerRoot.keyPem,
      strangerResponder: authority.strangerRoot,
      // Certified by the authority that most answers are about, and not for OCSP.
      unauthorisedResponder: authority.serverEcdsa,
    };
    // One certificate that nobody has is revoked always, so that the lists have an entry to read.
    for (const name of ['rsaIssuer', 'ecdsaIssuer'] as const) {
      const serial = BigInt(`0x40${createHash('sha256').update(name).digest('hex').slice(0, 30)}`);
      this.#revoked.get(name)?.set(serial, { serial, at: at - 86_400_000, reason: 4 });
    }
  }

  /** Revokes a certificate by name, or takes that back. The server's are revoked together. */
  setRevoked(name: RevocableName, revoked: boolean, at: number): void {
    const { serverRsa, serverEcdsa, clients, renewals } = this.#authority;
    const certificates =
      name === 'server'
        ? [serverRsa, serverEcdsa]
        : [
            ...clients.filter(({ kind }) => kind === name),
            ...renewals.filter(({ kind }) => `${kind}-renewed` === name),
          ];
    this.setListed(certificates, revoked, at);
  }

  /** Puts certificates of the issuing CAs on their lists, or takes them off. */
  setListed(
    certificates: readonly { readonly certificatePem: string; readonly chainPem: string }[],
    revoked: boolean,
    at: number,
  ): void {
    for (const { certificatePem, chainPem } of certificates) {
      const serial = serialOf(certificatePem);
      const list = this.#revoked.get(
        chainPem.includes(this.#authority.ecdsaIssuer.certificatePem) ? 'ecdsaIssuer' : 'rsaIssuer',
      );
      if (revoked) list?.set(serial, { serial, at, reason: 1 });
      else list?.delete(serial);
    }
  }

  /** What the enforcer asks of a client certificate after its signature. */
  isRevoked(serial: bigint): boolean {
    return authorities.some((name) => this.#revoked.get(name)?.has(serial) === true);
  }

  /** Answers when the path is one of its own; false otherwise. */
  async respond(request: IncomingMessage, response: ServerResponse, at: number): Promise<boolean> {
    const url = request.url ?? '';
    // A loop of redirects counts its turns behind the path.
    const path = url.replace(/\?turn=\d+$/, '');
    const list = /^\/crl\/(\w+)\.crl$/.exec(path)?.[1];
    const certificate = /^\/ca\/(\w+)\.cer$/.exec(path)?.[1];
    if (isAuthorityName(list) && request.method === 'GET')
      return this.#answer(response, { kind: 'crl', answering: this.#answering[list] }, at, url);
    if (isAuthorityName(certificate) && request.method === 'GET') {
      const bytes = derOfPem(this.#authority[certificate].certificatePem);
      response.writeHead(200, { 'content-type': 'application/pkix-cert', 'content-length': bytes.length }).end(bytes);
      return true;
    }
    if (path !== '/ocsp' && !path.startsWith('/ocsp/')) return false;
    // RFC 6960 §A.1: POST with the request as body, or GET with its base64 in the path.
    const question =
      request.method === 'POST' ? await readBody(request) : Buffer.from(decodeURIComponent(path.slice(6)), 'base64');
    if (question === null) {
      response.writeHead(413).end();
      return true;
    }
    const answering = Object.values(this.#answering);
    return this.#answer(response, { kind: 'ocsp', request: question, answering }, at, url);
  }

  #answer(response: ServerResponse, question: SourceQuestion, at: number, url: string): true {
    // A good CRL would decide before anybody asks OCSP: it is away while the fault is one of OCSP.
    const fault =
      question.kind === 'crl' && this.fault !== null && ocspOnly.includes(this.fault) ? 'source-404' : this.fault;
    const bytes = makeAnswer(question, fault, at, this.#impostors);
    deliverAnswer(response, question.kind, bytes, fault, url);
    return true;
  }

  #revocationsOf(name: AuthorityName): readonly Revocation[] {
    return [...(this.#revoked.get(name)?.values() ?? [])];
  }
}

function isAuthorityName(text: string | undefined): text is AuthorityName {
  return authorities.some((name) => name === text);
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestRequestBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
