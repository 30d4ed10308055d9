/** Refusals inside the web tier, and the one place where they become answers. */
import { problems, type Actor, type FieldFault, type ProblemCode, type ProblemDocument } from '@sallyport/console-api';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { shownFault } from './fault-words.ts';

export interface ProblemParts {
  /** What was seen this time, in a sentence for people; never a secret. */
  readonly detail: string;
  readonly actor?: Actor | null;
  readonly fields?: readonly FieldFault[];
  readonly seen?: Readonly<Record<string, unknown>>;
  /** Seconds after which another try makes sense; sent as Retry-After. */
  readonly retryAfterSeconds?: number;
}

/** Thrown by routes; answered as problem+json (RFC 9457). */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly parts: ProblemParts;
  constructor(code: ProblemCode, parts: ProblemParts) {
    super(parts.detail);
    this.name = 'ApiProblem';
    this.code = code;
    this.parts = parts;
  }
}

/** A 422 with its faults by field. */
export function invalidFields(fields: readonly FieldFault[]): ApiProblem {
  return new ApiProblem('request-invalid', {
    detail: fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' '),
    fields,
  });
}

export function notFound(what: string): ApiProblem {
  return new ApiProblem('not-found', { detail: `There is no such ${what}, or it is not yours to see.` });
}

/** Sends one problem document. */
export async function sendProblem(reply: FastifyReply, { code, parts }: ApiProblem): Promise<FastifyReply> {
  const { status, title } = problems[code];
  const document: ProblemDocument = {
    type: `urn:sallyport:problem:${code}`,
    status,
    code,
    title,
    detail: parts.detail,
    actor: parts.actor ?? null,
    fields: [...(parts.fields ?? [])],
    ...(parts.seen === undefined ? {} : { seen: { ...parts.seen } }),
  };
  if (parts.retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(parts.retryAfterSeconds)));
  if (code === 'not-signed-in') reply.header('www-authenticate', 'Bearer');
  return reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(document);
}

/** Every error of every route ends here; what nobody foresaw is logged and answered without its words. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(error);
    if (problem.code === 'internal')
      request.log.error({ event: 'http.failed', err: error, route: request.routeOptions.url });
    else if (problem.code === 'database-unavailable')
      request.log.warn({ event: 'http.database-unavailable', code: error.code, route: request.routeOptions.url });
    return sendProblem(reply, problem);
  });
}

function problemOf(error: FastifyError): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fault = error.validation.map(shownFault).find(({ path, code }) => path !== 'id' && code === 'invalid_value');
    // A word of a short list in the address, such as a product, is told with the list; one in a body is a field at fault.
    if (fault !== undefined && error.validationContext !== 'body')
      return new ApiProblem('not-found', { detail: `There is no such ${fault.path}. ${fault.message}` });
    // No such address can be: whatever its last part is, it is no id of ours.
    if (error.validationContext === 'params')
      return new ApiProblem('not-found', {
        detail: 'There is no such thing: the address holds what is no id of ours.',
      });
    return invalidFields(error.validation.map(shownFault));
  }
  if (isResponseSerializationError(error)) return unforeseen;
  return ofFramework(error) ?? ofStore(error) ?? unforeseen;
}

const unforeseen = new ApiProblem('internal', {
  detail: 'Something happened that nobody foresaw; nothing was kept. The log of the web tier has it.',
  actor: 'operator',
});

function ofFramework(error: FastifyError): ApiProblem | null {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiProblem('request-too-large', { detail: 'The body is larger than this address takes.' });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiProblem('media-type-unsupported', { detail: 'Send application/json.' });
    default:
      return error.statusCode === 400
        ? new ApiProblem('request-malformed', { detail: 'The body is no well-formed JSON.' })
        : null;
  }
}

/** What the store says by code; and a database that is away. */
function ofStore(error: FastifyError & { weakens?: readonly string[]; termsSha256?: string }): ApiProblem | null {
  const detail = error.message;
  switch (error.code as string | undefined) {
    case 'not-found':
      return new ApiProblem('not-found', { detail });
    case 'host-belongs-to-another-customer':
      return new ApiProblem('host-belongs-to-another-customer', {
        detail: `${detail} Send confirmSharedHost to confirm.`,
        actor: 'operator',
      });
    case 'host-changed':
      return new ApiProblem('host-is-fixed', { detail });
    case 'approval-needed':
      return new ApiProblem('terms-approval-needed', {
        detail,
        actor: 'customer',
        seen: { weakens: error.weakens ?? [], termsSha256: error.termsSha256 ?? null },
      });
    case 'crl-older-than-held':
      return new ApiProblem('crl-older-than-held', { detail, actor: 'customer' });
    case 'softening-not-approvable':
      return new ApiProblem('softening-not-approvable', { detail, actor: 'operator' });
    case 'softening-ended':
      return new ApiProblem('softening-ended', { detail });
    case 'first-astray':
      return invalidFields([{ path: 'first', code: 'first-astray', message: detail }]);
    case 'swap-open':
      return new ApiProblem('swap-open', { detail, actor: 'operator' });
    case 'approval-not-of-this':
      return new ApiProblem('approval-not-of-this', { detail, actor: 'operator' });
    case '23514':
      // The guard over keys (store/migrations/0023): it went between reading which one is in use and sealing to it.
      return /^the key [0-9a-f]{16} (?:is retired|was taken out of use)$/.test(detail)
        ? new ApiProblem('seal-key-missing', {
            detail: 'The connectors’ key was replaced this very moment; nothing was kept. Send it again.',
            retryAfterSeconds: 1,
          })
        : null;
    case 'state-does-not-allow':
      return new ApiProblem('state-conflict', { detail });
    default:
      return isDatabaseAway(error)
        ? new ApiProblem('database-unavailable', {
            detail: 'The database does not answer; nothing was changed that was not acknowledged. Try again soon.',
            actor: 'operator',
            retryAfterSeconds: 2,
          })
        : null;
  }
}

/** PostgreSQL class 08 (connection), 57P01–57P03 (shut down, starting), 53300 (no slot), and Node's own codes. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^(08...|57P0[1-3]|53300|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|EACCES)$/.test(code))
    return true;
  return typeof message === 'string' && /timeout exceeded when trying to connect|Connection terminated/i.test(message);
}
