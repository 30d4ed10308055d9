/** The built console: its files, and its one page for every address that is a place in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api, ApiContext } from '../api-context.ts';
import { ApiProblem, sendProblem } from '../api-problem.ts';

const notBuilt = `<!doctype html><html lang="en"><title>Sallyport</title>
<h1>The console is not built.</h1><p>Run <code>npm run build</code>, then load this page again. The API is under <code>/api/v1</code>.</p></html>`;
const yearSeconds = 31_536_000;

/** Serves `console/dist`. Files under `assets/` carry their hash in the name and never change. */
export function serveConsole(api: Api, { consoleDirectory }: ApiContext): void {
  const page = join(consoleDirectory, 'index.html');
  void api.register(fastifyStatic, {
    root: consoleDirectory,
    index: false,
    wildcard: true,
    serveDotFiles: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isAsset = path.startsWith(join(consoleDirectory, 'assets'));
      reply.header('cache-control', isAsset ? `public, max-age=${yearSeconds}, immutable` : 'no-cache');
    },
  });
  const sendPage = (reply: FastifyReply): FastifyReply => {
    const html = existsSync(page) ? readFileSync(page, 'utf8') : notBuilt;
    return reply
      .status(200)
      .header('cache-control', 'no-store')
      .header('content-type', 'text/html; charset=utf-8')
      .send(html);
  };
  api.get('/', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => sendPage(reply));
  // Browsers ask for this one on pages that name no icon, the printable terms among them.
  api.get('/favicon.ico', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('image/svg+xml').sendFile('favicon.svg'),
  );
  api.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    const { pathname } = new URL(request.url, 'https://console.invalid');
    const isPlace = request.method === 'GET' && !/^\/api(\/|$)/.test(pathname) && !/\.[^/]*$/.test(pathname);
    if (isPlace) return sendPage(reply);
    return sendProblem(
      reply,
      new ApiProblem('not-found', { detail: `Nothing answers ${request.method} ${pathname}.` }),
    );
  });
}
