import type { csrfHeader as CsrfHeader } from '@sallyport/console-api';
import { Problem, type Refusal } from './problem.ts';

const base = '/api/v1';
/** Written again here, so that the schemas and their library stay out of the bundle; the type holds both together. */
const csrfHeader: typeof CsrfHeader = 'x-csrf-token';
let csrfToken: string | null = null;
/** The longest the web tier itself waits, for a connector's answer to a check, and some. */
const answerWithinMilliseconds = 60_000;

/** The token of the session, for the requests that change something; null forgets it. */
export function keepCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Asks the API of the console's own origin; a refusal is thrown as a {@link Problem}. */
export async function request<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const deadline = AbortSignal.timeout(answerWithinMilliseconds);
  let response: Response;
  try {
    response = await fetch(`${base}${path}`, {
      method,
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      credentials: 'same-origin',
      headers: {
        accept: 'application/json, application/problem+json',
        ...(method === 'GET' || csrfToken === null ? {} : { [csrfHeader]: csrfToken }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Problem(0, {
      code: 'web-tier-unreachable',
      title: 'The web tier does not answer.',
      detail: 'The console tries again by itself. If it stays like this, look whether the web tier runs.',
    });
  }
  if (response.status === 204) return undefined as Answer;
  const document = await readDocument(response);
  if (!response.ok) throw new Problem(response.status, document as Partial<Refusal>);
  return document as Answer;
}

async function readDocument(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(response.status, {
      code: 'not-json',
      title: 'The answer of the web tier could not be understood.',
    });
  }
}

/** `?a=1&b=2` of what is set; an empty text or undefined leaves a parameter out. */
export function queryText(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
