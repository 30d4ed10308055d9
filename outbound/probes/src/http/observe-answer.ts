/** An HTTP answer, or its absence, as rules see it. */
import type { Identity, ObservedHttp } from '@sallyport/diagnosis';
import { readEnforcerRefusal } from '@sallyport/tls-dialer';
import { printableWords } from '../printable-words.ts';

export interface Asked {
  readonly probe: string;
  readonly identity: Identity;
  readonly path: string;
  readonly authenticated: boolean;
  readonly at: Date;
}

/** Headers that rules ask for. Cookies and whatever else could be a secret are not among them. */
const keptHeaders = [
  'content-type',
  'location',
  'server',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-interval-seconds',
  'x-ratelimit-fillrate',
  'x-ausername',
  'x-seraph-loginreason',
  'x-authentication-denied-reason',
  'www-authenticate',
  'via',
];
const keptMembers = ['baseUrl', 'version', 'deploymentType', 'name', 'key', 'state', 'serverTime', 'active'];
/** Characters. */
const keptHeader = 300;
const keptWords = 600;
/** A Date header has whole seconds: half of one is added, so that a clock that is right is seen as right on average. */
const halfSecond = 500;

export function observeAnswer(
  asked: Asked,
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
  now: number,
): ObservedHttp {
  const json = readJson(body);
  const kind = kindOf(body, json, String(headers['content-type'] ?? ''));
  return {
    ...identityOf(asked),
    status,
    error: null,
    alert: null,
    headers: Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = headers[name];
        return value === undefined
          ? []
          : [[name, printableWords(Buffer.from(withoutQuery(name, String(value))), keptHeader)]];
      }),
    ),
    kind,
    refusal: readEnforcerRefusal(status, body.toString('latin1')),
    words: kind === 'json' && status < 400 ? '' : printableWords(body, keptWords),
    json: Object.fromEntries(
      keptMembers.flatMap((name) => {
        const value = json?.[name];
        return ['string', 'number', 'boolean'].includes(typeof value)
          ? [[name, typeof value === 'string' ? value.slice(0, keptHeader) : (value as number | boolean)]]
          : [];
      }),
    ),
    clockAheadMilliseconds: clockAhead(headers['date'], asked.at.getTime(), now),
  };
}

export function observeSilence(asked: Asked, error: ObservedHttp['error'], alert: number | null): ObservedHttp {
  return {
    ...identityOf(asked),
    status: null,
    error,
    alert,
    headers: {},
    kind: null,
    refusal: null,
    words: '',
    json: {},
    clockAheadMilliseconds: null,
  };
}

function identityOf(asked: Asked): Pick<ObservedHttp, 'probe' | 'identity' | 'path' | 'authenticated' | 'at'> {
  return { ...asked, at: asked.at.toISOString() };
}

function readJson(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function kindOf(body: Buffer, json: object | null, type: string): ObservedHttp['kind'] {
  if (body.length === 0) return 'empty';
  if (json !== null) return 'json';
  return /html/i.test(type) || /^\s*<(?:!doctype|html)/i.test(body.subarray(0, 200).toString('latin1'))
    ? 'html'
    : 'text';
}

/** Where an identity provider is asked, the query holds a request that is nobody's business. */
function withoutQuery(name: string, value: string): string {
  return name === 'location' ? (value.split('?')[0] ?? '') : value;
}

function clockAhead(header: string | string[] | undefined, asked: number, answered: number): number | null {
  const there = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(there)) return null;
  // Somewhere between question and answer it was written.
  const difference = there + halfSecond - (asked + answered) / 2;
  const slack = (answered - asked) / 2 + halfSecond;
  return Math.abs(difference) <= slack ? 0 : Math.round(difference);
}
