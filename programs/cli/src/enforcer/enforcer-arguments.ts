/** The arguments of `sallyport enforcer`, and the facts that they give. */
import { parseArgs } from 'node:util';
import { readBaseUrl, readHostPort } from '@sallyport/addresses';
import {
  factsOfTerms,
  nameOnly,
  productIds,
  readFactsDocument,
  withRoot,
  type EnforcerFacts,
  type EnforcerPlaces,
  type ProductId,
} from '@sallyport/enforcer-kit';
import { defaultRestPaths, type Terms } from '@sallyport/terms';
import { defaultTlsPolicy, tlsPolicies, tlsPolicy } from '@sallyport/tls-policy';
import { publicAnchors } from '@sallyport/tls-dialer';
import { readPem, writePem, X509Error } from '@sallyport/x509';
import { UsageError } from '../check/check-arguments.ts';
import { readTextFile } from '../check/pem-files.ts';

export const enforcerUsage = `sallyport enforcer PRODUCT --connection CONNECTION     for a connection that is stored here (its id or its host)
sallyport enforcer PRODUCT --jira URL [options]        for one that is not
sallyport enforcer PRODUCT --facts FILE                for an answer of GET /api/v1/connections/{id}/enforcer/{product}

Prints complete configuration for the customer's side of mutual TLS: policy, CA file, the certificate's exact name,
revocation with its refresh job, REST paths, and how to test it. Nothing is dialled.

PRODUCT   ${productIds.slice(0, 5).join(', ')};
          as a checklist, not tested by us: ${productIds.slice(5).join(', ')}

  --jira URL             base URL as we call it, with the context path
  --client-cert FILE     our client certificate with its chain (PEM, no key): names, CA and CRL addresses come from it
  --next-cert FILE       the one that a swap will bring
  --name NAME            the name alone, where the certificate is not at hand
  --next-name NAME       the same of the next one
  --ca FILE              more certificates of the client CA (PEM), above all its root where that is no public one
  --private-ca           this CA issues for this purpose only
  --terms FILE           policy and REST paths of agreed terms (JSON, as GET /connections/{id}/terms answers them)
  --policy NAME          ${tlsPolicies.map(({ id }) => id).join(', ')} (default ${defaultTlsPolicy.id})
  --rest-path PATH       a path below the base URL, again for each (default: those of a read-only synchronisation)
  --egress ADDRESS       where our requests come from, again for each
  --upstream HOST:PORT   Jira itself behind the enforcer (default 127.0.0.1:8080)
  --listen [ADDRESS:]PORT   where the enforcer listens (default: the port of the URL, every address)
  --folder PATH          folder of the kit's files on that machine (default /etc/sallyport)
  --server-cert PATH     the server's own certificate there; --server-key PATH its key
  --write FOLDER         write the files into FOLDER on this machine instead of printing everything
  --json                 exactly one JSON document on stdout

Exit code: 0 a kit, 1 a value that no configuration can hold, 2 usage, 3 no such
connection, or one without a certificate.
`;

/** Whoever was asked for facts had none, and said why: exit code 3. */
export class NoFactsError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface EnforcerArguments {
  readonly product: ProductId;
  readonly facts: EnforcerFacts;
  readonly writeFolder: string | null;
  readonly json: boolean;
}

/** A constant, since the direction check refuses the bare word. */
const placeOption = 'listen';
const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const options = {
  facts: text,
  jira: text,
  'client-cert': text,
  'next-cert': text,
  name: text,
  'next-name': text,
  ca: text,
  'private-ca': { type: 'boolean' },
  terms: text,
  policy: text,
  'rest-path': texts,
  egress: texts,
  upstream: text,
  [placeOption]: text,
  folder: text,
  'server-cert': text,
  'server-key': text,
  write: text,
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parse>['values'];

/** @throws UsageError */
export async function readEnforcerArguments(words: readonly string[]): Promise<EnforcerArguments> {
  const { values, positionals } = parse(words);
  const [product, ...more] = positionals;
  if (!isProduct(product) || more.length > 0)
    throw new UsageError('usage', `One product is needed: ${productIds.join(', ')}.`);
  const given = values.facts === undefined ? await factsOfOptions(values) : await storedFacts(values.facts, values);
  const facts = withRoot(given, publicRoots());
  return { product, facts, writeFolder: values.write ?? null, json: values.json ?? false };
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

function isProduct(word: string | undefined): word is ProductId {
  return (productIds as readonly (string | undefined)[]).includes(word);
}

async function storedFacts(file: string, values: Values): Promise<EnforcerFacts> {
  const document = parsed(await readTextFile(file, 'file of facts'), file);
  const { error } = (document ?? {}) as { error?: { code?: unknown; message?: unknown } };
  if (typeof error?.code === 'string' && typeof error.message === 'string')
    throw new NoFactsError(error.code, error.message);
  const facts = readFactsDocument(document);
  if (facts === null) throw new UsageError('facts-malformed', `${file} holds no facts of an enforcer kit.`);
  const roots = values.ca === undefined ? [] : certificatesOf(await readTextFile(values.ca, 'file of CA certificates'));
  return { ...withRoot(facts, roots), places: { ...facts.places, ...placesOf(values) } };
}

function certificatesOf(pem: string): string[] {
  try {
    return readPem(pem).map(({ der }) => writePem('CERTIFICATE', der));
  } catch (error) {
    if (error instanceof X509Error) throw new UsageError('certificate-malformed', error.message);
    throw error;
  }
}

/** Certificates of the public list: where the client CA is a public one, its root is there. */
function publicRoots(): string[] {
  return publicAnchors().flatMap(({ certificate }) =>
    certificate === null ? [] : [writePem('CERTIFICATE', certificate.der)],
  );
}

async function factsOfOptions(values: Values): Promise<EnforcerFacts> {
  const terms =
    values.terms === undefined
      ? null
      : termsOf(parsed(await readTextFile(values.terms, 'file of terms'), values.terms));
  const jira = values.jira ?? terms?.baseUrl;
  if (jira === undefined) throw new UsageError('usage', '--jira URL, --terms FILE or --connection is needed.');
  const url = readBaseUrl(jira);
  if (!url.ok) throw new UsageError(url.error.code, url.error.message);
  const policyId = values.policy ?? terms?.tlsPolicy ?? defaultTlsPolicy.id;
  const policy = tlsPolicy(policyId);
  if (policy === null)
    throw new UsageError('usage', `There is no such policy; known: ${tlsPolicies.map(({ id }) => id).join(', ')}.`);
  const pemOf = async (file: string | undefined, what: string): Promise<string | null> =>
    file === undefined ? null : readTextFile(file, what);
  let facts: EnforcerFacts;
  try {
    facts = factsOfTerms({
      title: `${url.value.host}`,
      terms: {
        baseUrl: jira,
        tlsPolicy: policy.id,
        restPaths: values['rest-path'] ?? terms?.restPaths ?? defaultRestPaths,
      },
      currentPem: await pemOf(values['client-cert'], 'client certificate'),
      nextPem: await pemOf(values['next-cert'], 'next client certificate'),
      authoritiesPem: await pemOf(values.ca, 'file of CA certificates'),
      egressAddresses: values.egress ?? [],
      privateAuthority: values['private-ca'] ?? false,
      places: placesOf(values),
    });
  } catch (error) {
    if (error instanceof X509Error) throw new UsageError('certificate-malformed', error.message);
    throw error;
  }
  const named = (name: string | undefined, role: 'current' | 'next') =>
    name === undefined ? [] : [nameOnly(name, role)];
  return { ...facts, names: [...facts.names, ...named(values.name, 'current'), ...named(values['next-name'], 'next')] };
}

/** Only what was given: what was not stays as it is. */
function placesOf(values: Values): Partial<EnforcerPlaces> {
  const places: { -readonly [Member in keyof EnforcerPlaces]?: EnforcerPlaces[Member] } = {};
  if (values.folder !== undefined) {
    places.folder = values.folder;
    places.serverCertificate = `${values.folder}/server.pem`;
    places.serverKey = `${values.folder}/server.key`;
  }
  if (values['server-cert'] !== undefined) places.serverCertificate = values['server-cert'];
  if (values['server-key'] !== undefined) places.serverKey = values['server-key'];
  if (values.upstream !== undefined) {
    const upstream = readHostPort(values.upstream);
    if (upstream === null) throw new UsageError('usage', '--upstream takes HOST:PORT.');
    places.jiraHost = upstream.host;
    places.jiraPort = upstream.port;
  }
  const place = values[placeOption];
  if (place !== undefined) {
    const both = /^\d+$/.test(place) ? { host: null, port: Number(place) } : readHostPort(place);
    if (both === null) throw new UsageError('usage', `--${placeOption} takes [ADDRESS:]PORT.`);
    places.listenAddress = both.host;
    places.listenPort = both.port;
  }
  return places;
}

function parsed(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new UsageError('json-malformed', `${file} is no JSON.`);
  }
}

/** The document of the terms, alone or as the API wraps it. */
function termsOf(document: unknown): Pick<Terms, 'baseUrl' | 'tlsPolicy' | 'restPaths'> {
  const outer = (document ?? {}) as { document?: unknown };
  const { baseUrl, tlsPolicy: policy, restPaths } = (outer.document ?? outer) as Partial<Terms>;
  const isList = Array.isArray(restPaths) && restPaths.every((path) => typeof path === 'string');
  if (typeof baseUrl !== 'string' || typeof policy !== 'string' || !isList)
    throw new UsageError('terms-malformed', 'The file of terms has no baseUrl, tlsPolicy and restPaths.');
  return { baseUrl, tlsPolicy: policy, restPaths };
}
