/**
 * The HTTP server behind the revocation pointers of the matrix: `/FAULT/crl/AUTHORITY` and `/FAULT/ocsp/AUTHORITY`, where
 * FAULT is `healthy` or one of the sandbox's faults of sources. (Certificates with `source-down` name a port at which nobody listens.)
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deliverAnswer, derOfPem, makeAnswer, sandboxFaults, type SourceFault } from '@sallyport/sandbox';
import { isAuthorityName, type FaultWorld } from './world.ts';

/** RFC 6960 requests are some hundred bytes. */
const longestRequestBytes = 10_000;

export interface SourceServer {
  readonly url: string;
  /** Certificates name the address, so the world comes after the server; until then every answer is 503. */
  readonly open: (world: FaultWorld) => void;
  /** What was asked so far: method and path, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startSourceServer(): Promise<SourceServer> {
  let world: FaultWorld | null = null;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (world === null) response.writeHead(503).end();
    else void answer(world, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: (made) => {
      world = made;
    },
    asked,
    close: () => closeServer(server),
  };
}

async function answer(world: FaultWorld, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/';
  const [, name = '', kind = '', authority = '', inPath = ''] = path.split('?')[0]?.split('/') ?? [];
  const fault = name === 'healthy' ? null : (sandboxFaults.find((row) => row.name === name)?.name as SourceFault);
  if (fault === undefined || !isAuthorityName(authority)) {
    response.writeHead(404).end();
    return;
  }
  const at = Date.now();
  if (kind === 'certificate') {
    response.writeHead(200, { 'content-type': 'application/pkix-cert' }).end(derOfPem(world.certificateOf(authority)));
    return;
  }
  const answering = world.answering(authority);
  const question =
    kind === 'crl'
      ? ({ kind, answering } as const)
      : ({ kind: 'ocsp', request: await readRequest(request, inPath), answering: [answering] } as const);
  const bytes = makeAnswer(question, fault, at, world.impostors());
  deliverAnswer(response, question.kind, bytes, fault, path);
}

/** RFC 6960 §A.1: POST with the request as body, or GET with its base64 in the path. */
async function readRequest(request: IncomingMessage, inPath: string): Promise<Buffer> {
  if (request.method !== 'POST') return Buffer.from(decodeURIComponent(inPath), 'base64');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestRequestBytes) throw new RangeError('the request is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
