/**
 * The sandbox's plain HTTP port: CRLs, OCSP and CA certificates of the demo CA, and the switches. It binds loopback, answers
 * to loopback names only (a page of the web that points a name of its own at 127.0.0.1 gets nothing), and takes orders as
 * JSON only, which a page of the web cannot send without asking.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RevocationService } from '../demo-pki/revocation-service.ts';

/** What an order or a question is answered with. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** `GET /path` or `POST /path`; `body` is what was posted, `{}` otherwise. */
export type ControlRoute = (parameters: URLSearchParams, body: Readonly<Record<string, unknown>>) => ControlAnswer;

const largestBodyBytes = 65_536;

export class ControlServer {
  readonly #server: Server;
  #revocation: RevocationService | null = null;
  #routes: Readonly<Record<string, ControlRoute>> = {};

  constructor() {
    this.#server = createServer((request, response) => {
      response.setHeader('x-sallyport-sandbox', 'SANDBOX');
      this.#respond(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else send(response, 500, { error: String(error) });
      });
    });
  }

  /** The port is needed before there are certificates, which name it; until then everything is 503. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.removeListener('error', reject);
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  open(revocation: RevocationService, routes: Readonly<Record<string, ControlRoute>>): void {
    this.#revocation = revocation;
    this.#routes = routes;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (host !== '127.0.0.1' && host !== 'localhost') return send(response, 421, { error: 'loopback only' });
    if (this.#revocation === null) return send(response, 503, { error: 'starting' });
    if (await this.#revocation.respond(request, response, Date.now())) return;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const route = this.#routes[`${request.method} ${url.pathname}`];
    if (route === undefined) {
      return send(response, 404, { error: 'no such route', routes: Object.keys(this.#routes) });
    }
    const body = request.method === 'POST' ? await readJson(request) : {};
    if (body === null)
      return send(response, 400, { error: 'a JSON object with content-type application/json is needed' });
    const { status, body: answer } = route(url.searchParams, body);
    send(response, status, answer);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBodyBytes) return null;
    chunks.push(chunk);
  }
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return null;
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
