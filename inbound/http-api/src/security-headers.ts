/** Headers that tell browsers what our pages may do: as little as the console needs. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from './api-context.ts';

const twoYearsSeconds = 63_072_000;

/**
 * The console's own files and nothing else: no inline script or style, no frame, no form that leaves.
 * With `styleNonce` one style element that carries it is allowed too, for pages that must print by themselves.
 */
export function contentSecurityPolicy(styleNonce: string | null = null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    styleNonce === null ? "style-src 'self'" : `style-src 'nonce-${styleNonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-permitted-cross-domain-policies': 'none',
};

/** Sets them on every answer, errors and files included. What a route has set itself is left. */
export function setSecurityHeaders(api: Api): void {
  api.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    for (const [name, value] of Object.entries(always)) if (!reply.hasHeader(name)) reply.header(name, value);
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', contentSecurityPolicy());
    // A browser that once saw it on localhost would refuse every other program there (RFC 6797 §8.4).
    if (!isLocal(request.headers.host)) {
      reply.header('strict-transport-security', `max-age=${twoYearsSeconds}; includeSubDomains`);
    }
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

function isLocal(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  return name === '' || name === 'localhost' || name.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(name);
}
