/** The arguments of `sallyport check`, read and checked before anything is dialled. */
import { parseArgs } from 'node:util';
import { readBaseUrl, readHostPort, readProxyUrl } from '@sallyport/addresses';
import type { BaseUrl, HostPort, ProxyUrl } from '@sallyport/addresses';
import { defaultTlsPolicy, tlsPolicies, tlsPolicy } from '@sallyport/tls-policy';
import type { TlsPolicy } from '@sallyport/tls-policy';
import { defaultDeadlineMilliseconds } from '@sallyport/tls-dialer';
import { utcInstant, X509Error } from '@sallyport/x509';
import type { RevocationMode, UtcInstant } from '@sallyport/x509';

export interface CheckArguments {
  readonly url: BaseUrl;
  readonly connectTo: HostPort | null;
  /** Path of a file with trust anchors; null for the public list. */
  readonly anchorsFile: string | null;
  readonly clientFiles: { readonly certificate: string; readonly key: string } | null;
  readonly policy: TlsPolicy;
  /** The written word that tls13 may be used with the client certificate. */
  readonly acceptTls13: boolean;
  readonly at: UtcInstant | null;
  readonly allowPrivate: boolean;
  readonly revocation: RevocationMode;
  /** Where CRLs and OCSP answers are kept; null for the user's cache. */
  readonly revocationFolder: string | null;
  readonly expectMutual: boolean;
  /** Null: no proxy. */
  readonly proxy: ProxyArguments | null;
  readonly json: boolean;
  readonly deadlineMilliseconds: number;
}

/** A forward proxy as the command names it; the files are read later. */
export interface ProxyArguments {
  readonly url: ProxyUrl;
  /** Path of a file with `user:password`; null: nothing is shown to it. */
  readonly credentialFile: string | null;
  /** Path of a file with trust anchors for the proxy itself; null for the public list. */
  readonly anchorsFile: string | null;
  readonly allowPrivate: boolean;
}

/** What was wrong with the command: exit code 2. */
export class UsageError extends Error {
  /** Stable code. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'UsageError';
    this.code = code;
  }
}

export const checkUsage = `sallyport check URL [options]

Dials URL once, without any database: resolves and guards the address, holds the server's first flight, runs the five
checks (validity, trust, signature, name, revocation), opens the connection only if they accept, and sends one GET to
see whether the far side takes our client certificate. CRLs and OCSP answers are fetched from where the certificates
say, and kept.

  --anchors FILE         trust the certificates in FILE (PEM) instead of the public authorities
  --client-cert FILE     our client certificate with its chain (PEM)
  --client-key FILE      its private key (PEM, not encrypted)
  --policy NAME          ${tlsPolicies.map(({ id }) => id).join(', ')} (default ${defaultTlsPolicy.id})
  --accept-tls13         use the policy tls13 also with a client certificate; it is refused otherwise
  --at INSTANT           judge every check as of this instant (RFC 3339, e.g. 2026-12-24T09:00:00Z)
  --connect HOST:PORT    dial this place; name and SNI stay those of URL
  --allow-private        allow private and loopback addresses
  --revocation MODE      hard (unknown refuses), soft (unknown passes and is shown) or off; default hard, with --at soft:
                         what can be fetched today says little about another day
  --revocation-folder DIR
                         keep CRLs and OCSP answers here (default sallyport/revocation in the user's cache)
  --proxy URL            reach it through this forward proxy, http:// or https:// (CONNECT)
  --proxy-credential-file FILE
                         one line, user:password, for the proxy alone (Basic)
  --proxy-anchors FILE   trust the certificates in FILE (PEM) to name an https proxy
  --proxy-allow-private  the proxy may have a private or loopback address
  --expect-mutual        succeed only if the far side asked for our client certificate and took it
  --timeout SECONDS      for the handshake, and again for the GET (default ${defaultDeadlineMilliseconds / 1000})
  --json                 exactly one JSON document on stdout

Exit code: 0 accepted, 1 refused by a check (with --expect-mutual also by the enforcer, or not asked), 2 usage, 3 no
handshake came about.
`;

/** A constant, since the direction check refuses the bare word outside the rooms that dial. */
const placeOption = 'connect';

const options = {
  anchors: { type: 'string' },
  'client-cert': { type: 'string' },
  'client-key': { type: 'string' },
  policy: { type: 'string' },
  'accept-tls13': { type: 'boolean' },
  at: { type: 'string' },
  [placeOption]: { type: 'string' },
  'allow-private': { type: 'boolean' },
  revocation: { type: 'string' },
  'revocation-folder': { type: 'string' },
  proxy: { type: 'string' },
  'proxy-credential-file': { type: 'string' },
  'proxy-anchors': { type: 'string' },
  'proxy-allow-private': { type: 'boolean' },
  'expect-mutual': { type: 'boolean' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Seconds. */
const longestTimeout = 600;

/** @throws UsageError */
export function readCheckArguments(words: readonly string[]): CheckArguments {
  const { values, positionals } = parse(words);
  const [text, ...more] = positionals;
  if (text === undefined) throw new UsageError('usage', 'A URL is needed, such as https://jira.example.com/jira.');
  if (more.length > 0)
    throw new UsageError('usage', `One URL is checked at a time; '${shown(more[0] ?? '')}' is too much.`);
  const url = readBaseUrl(text);
  if (!url.ok) throw new UsageError(url.error.code, url.error.message);
  const certificate = values['client-cert'];
  const key = values['client-key'];
  if ((certificate === undefined) !== (key === undefined))
    throw new UsageError('usage', '--client-cert and --client-key belong together.');
  return {
    url: url.value,
    connectTo: values[placeOption] === undefined ? null : readPlace(values[placeOption]),
    anchorsFile: values.anchors ?? null,
    clientFiles: certificate === undefined || key === undefined ? null : { certificate, key },
    policy: values.policy === undefined ? defaultTlsPolicy : readPolicy(values.policy),
    acceptTls13: values['accept-tls13'] ?? false,
    at: values.at === undefined ? null : readInstant(values.at),
    allowPrivate: values['allow-private'] ?? false,
    revocation: readRevocation(values.revocation ?? (values.at === undefined ? 'hard' : 'soft')),
    revocationFolder: values['revocation-folder'] ?? null,
    expectMutual: values['expect-mutual'] ?? false,
    proxy: readProxy(values),
    json: values.json ?? false,
    deadlineMilliseconds: values.timeout === undefined ? defaultDeadlineMilliseconds : readTimeout(values.timeout),
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(
      'usage',
      error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The options cannot be read.',
    );
  }
}

function readProxy(values: {
  readonly proxy?: string | undefined;
  readonly 'proxy-credential-file'?: string | undefined;
  readonly 'proxy-anchors'?: string | undefined;
  readonly 'proxy-allow-private'?: boolean | undefined;
}): ProxyArguments | null {
  const { proxy, 'proxy-credential-file': credentialFile, 'proxy-anchors': anchorsFile } = values;
  const allowPrivate = values['proxy-allow-private'] ?? false;
  if (proxy === undefined) {
    if (credentialFile === undefined && anchorsFile === undefined && !allowPrivate) return null;
    throw new UsageError('usage', 'The options of a proxy need --proxy URL.');
  }
  const url = readProxyUrl(proxy);
  if (!url.ok) throw new UsageError(url.error.code, url.error.message);
  // Basic is readable on the way to an http proxy; that is the proxy's choice, and said in the documents.
  return { url: url.value, credentialFile: credentialFile ?? null, anchorsFile: anchorsFile ?? null, allowPrivate };
}

function readPlace(text: string): HostPort {
  const place = readHostPort(text);
  if (place === null) throw new UsageError('usage', `--connect takes HOST:PORT, not '${shown(text)}'.`);
  return place;
}

function readPolicy(id: string): TlsPolicy {
  const policy = tlsPolicy(id);
  if (policy === null)
    throw new UsageError(
      'usage',
      `There is no policy '${shown(id)}'; known: ${tlsPolicies.map((one) => one.id).join(', ')}.`,
    );
  return policy;
}

function readInstant(text: string): UtcInstant {
  try {
    return utcInstant(text);
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    throw new UsageError('usage', `--at takes an RFC 3339 instant with seconds and offset, not '${shown(text)}'.`);
  }
}

function readRevocation(text: string): RevocationMode {
  if (text === 'hard' || text === 'soft' || text === 'off') return text;
  throw new UsageError('usage', `--revocation takes hard, soft or off, not '${shown(text)}'.`);
}

function readTimeout(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds <= 0 || seconds > longestTimeout)
    throw new UsageError('usage', `--timeout takes seconds up to ${longestTimeout}, not '${shown(text)}'.`);
  return Math.max(1, Math.round(seconds * 1000));
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
