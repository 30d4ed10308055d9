/** Facts as JSON, so that what knows a connection can hand them to what does not: the API's answer, and a pipe. */
import { tlsPolicy } from '@sallyport/tls-policy';
import type { ClientName } from './client-name.ts';
import type { EnforcerFacts, EnforcerPlaces, RevocationSource } from './enforcer-facts.ts';

/** The facts with the policy by its id; everything else is plain already. */
export type EnforcerFactsDocument = Omit<EnforcerFacts, 'policy'> & { readonly policy: string };

export function factsDocument({ policy, ...facts }: EnforcerFacts): EnforcerFactsDocument {
  return { ...facts, policy: policy.id };
}

/**
 * Reads what `factsDocument` wrote, alone or as the member `facts` of an answer of the API; null where it has another
 * shape. Values are not judged here: `enforcerFaults` does.
 */
export function readFactsDocument(document: unknown): EnforcerFacts | null {
  const outer = membersOf(document);
  const facts = outer?.facts === undefined ? outer : membersOf(outer.facts);
  const places = membersOf(facts?.places);
  if (facts === null || places === null) return null;
  const policy = typeof facts.policy === 'string' ? tlsPolicy(facts.policy) : null;
  const names = listOf(facts.names, readName);
  const authorities = listOf(facts.authorities, readText);
  const revocationSources = listOf(facts.revocationSources, readSource);
  const restPaths = listOf(facts.restPaths, readText);
  const egressAddresses = listOf(facts.egressAddresses, readText);
  const read = readPlaces(places);
  const { title, host, contextPath, hasRoot, privateAuthority } = facts;
  if (policy === null || names === null || authorities === null || revocationSources === null) return null;
  if (restPaths === null || egressAddresses === null || read === null) return null;
  if (typeof title !== 'string' || typeof host !== 'string' || typeof contextPath !== 'string') return null;
  if (typeof hasRoot !== 'boolean' || typeof privateAuthority !== 'boolean') return null;
  return {
    title,
    host,
    contextPath,
    policy,
    names,
    authorities,
    hasRoot,
    privateAuthority,
    revocationSources,
    restPaths,
    egressAddresses,
    places: read,
  };
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null;
}

function listOf<Item>(value: unknown, read: (item: unknown) => Item | null): Item[] | null {
  if (!Array.isArray(value)) return null;
  const items = value.map(read);
  return items.every((item) => item !== null) ? items : null;
}

function readText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readName(value: unknown): ClientName | null {
  const { role, dnsName, position, subject, inSubject, keyCurve = null } = membersOf(value) ?? {};
  if ((role !== 'current' && role !== 'next') || typeof dnsName !== 'string' || typeof position !== 'number')
    return null;
  if ((subject !== null && typeof subject !== 'string') || typeof inSubject !== 'boolean') return null;
  if (keyCurve !== null && typeof keyCurve !== 'string') return null;
  return { role, dnsName, position, subject, inSubject, keyCurve };
}

function readSource(value: unknown): RevocationSource | null {
  const { url, issuer } = membersOf(value) ?? {};
  return typeof url === 'string' && typeof issuer === 'number' ? { url, issuer } : null;
}

function readPlaces(places: Members): EnforcerPlaces | null {
  const { folder, serverCertificate, serverKey, listenAddress, listenPort, jiraHost, jiraPort } = places;
  if (typeof folder !== 'string' || typeof serverCertificate !== 'string' || typeof serverKey !== 'string') return null;
  if (listenAddress !== null && typeof listenAddress !== 'string') return null;
  if (typeof listenPort !== 'number' || typeof jiraHost !== 'string' || typeof jiraPort !== 'number') return null;
  return { folder, serverCertificate, serverKey, listenAddress, listenPort, jiraHost, jiraPort };
}
