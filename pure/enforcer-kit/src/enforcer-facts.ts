/**
 * What the customer's side has to know to enforce mutual TLS for one connection. Every value is checked here, once, by
 * what each product's syntax can hold: whatever passes needs no further trust, only that product's quoting.
 */
import type { TlsPolicy } from '@sallyport/tls-policy';
import type { ClientName } from './client-name.ts';

/** Where a CRL is fetched, and which certificate of the CA file signs it (counted from 1, as the file stands). */
export interface RevocationSource {
  readonly url: string;
  readonly issuer: number;
}

/** Where things stand on the customer's machine. */
export interface EnforcerPlaces {
  /** Holds what the kit brings: CA file, CRL file, refresh job. */
  readonly folder: string;
  /** Certificate of the server with its chain, PEM. */
  readonly serverCertificate: string;
  readonly serverKey: string;
  /** Null listens on every address. */
  readonly listenAddress: string | null;
  readonly listenPort: number;
  /** Jira itself, reached without TLS on the same machine or network. */
  readonly jiraHost: string;
  readonly jiraPort: number;
}

export interface EnforcerFacts {
  /** For people; stands in comments only. */
  readonly title: string;
  readonly host: string;
  /** `/jira`, or empty. */
  readonly contextPath: string;
  readonly policy: TlsPolicy;
  /** Who may come in: the certificate in use, and the next one from the announcement of a swap on. */
  readonly names: readonly ClientName[];
  /** The client CA file: issuing CAs first, the root last; PEM, one certificate each. */
  readonly authorities: readonly string[];
  /** Whether the last of `authorities` signs itself; most products need the whole path. */
  readonly hasRoot: boolean;
  /** True where the CA issues for this operator only, so that a product that matches no names may do. */
  readonly privateAuthority: boolean;
  readonly revocationSources: readonly RevocationSource[];
  /** As in the terms: below the base URL, a trailing `*` stands for one segment. */
  readonly restPaths: readonly string[];
  /** Where our requests come from: addresses or networks; may be empty. */
  readonly egressAddresses: readonly string[];
  readonly places: EnforcerPlaces;
}

/** One thing that cannot stand in a configuration. `path` names the member. */
export interface EnforcerFault {
  readonly code: 'ENFORCER_VALUE' | 'ENFORCER_NAME_MISSING' | 'ENFORCER_TOO_MANY';
  readonly path: string;
  readonly message: string;
}

export const usualPlaces: EnforcerPlaces = {
  folder: '/etc/sallyport',
  serverCertificate: '/etc/sallyport/server.pem',
  serverKey: '/etc/sallyport/server.key',
  listenAddress: null,
  listenPort: 443,
  jiraHost: '127.0.0.1',
  jiraPort: 8080,
};

const most = { names: 8, authorities: 20, sources: 40, paths: 200, addresses: 100 } as const;
const longestValue = 2_000;

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
const contextPath = /^(\/[A-Za-z0-9][A-Za-z0-9._~-]*)*$/;
/** As `pure/terms` allows them; looked at again, since a kit may be made of what no terms ever saw. */
const restPath = /^\/rest(\/[A-Za-z0-9][A-Za-z0-9._-]*)+(\/\*)?$/;
/** Characters that no shell, configuration language or XML gives a meaning to. */
const filePath = /^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/;
/** RFC 3986 without what a shell or a configuration could read: no quote, `$`, `;`, blank, `\`, `<`, `>`, `#`, `(`, `)`. */
const httpUrl = /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~%/+,=@-]*)?(\?[A-Za-z0-9._~%/+,=@&-]*)?$/;
const ipAddress = /^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]{2,39}|[0-9A-Fa-f:]{2,30}(\d{1,3}\.){3}\d{1,3})$/;
const network = /^[0-9A-Fa-f:.]{2,45}(\/\d{1,3})?$/;
const pemCertificate = /^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=]{1,76}\n)+-----END CERTIFICATE-----\n$/;

/** Empty when a kit can be made of them. */
export function enforcerFaults(facts: EnforcerFacts): EnforcerFault[] {
  const faults: EnforcerFault[] = [];
  const need = (fits: boolean, path: string, message: string): void => {
    if (!fits) faults.push({ code: 'ENFORCER_VALUE', path, message });
  };
  const count = (length: number, limit: number, path: string): void => {
    if (length > limit)
      faults.push({ code: 'ENFORCER_TOO_MANY', path, message: `At most ${limit} can stand here, not ${length}.` });
  };
  const text = (value: string, form: RegExp, path: string, what: string): void =>
    need(value.length <= longestValue && form.test(value), path, `${shown(value)} is no ${what}.`);
  const port = (value: number, path: string): void =>
    need(Number.isInteger(value) && value > 0 && value < 65_536, path, 'A port is a number from 1 to 65535.');
  const { places } = facts;
  need(hostName.test(facts.host) || ipAddress.test(facts.host), 'host', `${shown(facts.host)} is no host name.`);
  text(facts.contextPath, contextPath, 'contextPath', 'context path such as /jira');
  if (facts.names.length === 0)
    faults.push({
      code: 'ENFORCER_NAME_MISSING',
      path: 'names',
      message: 'Name the certificate that may come in: without it every certificate of the CA would.',
    });
  count(facts.names.length, most.names, 'names');
  facts.names.forEach((name, index) => {
    text(name.dnsName, presentedName, `names.${index}.dnsName`, 'DNS name');
    need(
      Number.isInteger(name.position) && name.position >= 0 && name.position < 1_000,
      `names.${index}.position`,
      'The place of a name among the subjectAltNames counts from 0.',
    );
    if (name.subject !== null)
      text(name.subject, printableSubject, `names.${index}.subject`, 'subject in printable characters');
  });
  count(facts.authorities.length, most.authorities, 'authorities');
  facts.authorities.forEach((pem, index) =>
    need(pem.length < 100_000 && pemCertificate.test(pem), `authorities.${index}`, 'This is no PEM certificate.'),
  );
  count(facts.revocationSources.length, most.sources, 'revocationSources');
  facts.revocationSources.forEach(({ url, issuer }, index) => {
    text(url, httpUrl, `revocationSources.${index}.url`, 'http or https URL');
    need(Number.isInteger(issuer) && issuer > 0, `revocationSources.${index}.issuer`, 'Issuers count from 1.');
  });
  need(facts.restPaths.length > 0, 'restPaths', 'Name at least one REST path.');
  count(facts.restPaths.length, most.paths, 'restPaths');
  facts.restPaths.forEach((path, index) => text(path, restPath, `restPaths.${index}`, 'REST path'));
  count(facts.egressAddresses.length, most.addresses, 'egressAddresses');
  facts.egressAddresses.forEach((address, index) =>
    text(address, network, `egressAddresses.${index}`, 'address or network'),
  );
  for (const member of ['folder', 'serverCertificate', 'serverKey'] as const)
    text(places[member], filePath, `places.${member}`, 'absolute path in plain characters');
  if (places.listenAddress !== null) text(places.listenAddress, ipAddress, 'places.listenAddress', 'address');
  need(
    hostName.test(places.jiraHost) || ipAddress.test(places.jiraHost),
    'places.jiraHost',
    `${shown(places.jiraHost)} is no host.`,
  );
  port(places.listenPort, 'places.listenPort');
  port(places.jiraPort, 'places.jiraPort');
  return faults;
}

/** A host name, or `*` as the left-most label above one. */
const presentedName =
  /^(?=.{1,253}$)(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
/** As OpenSSL prints one: everything else stands there as `\XX`. */
const printableSubject = /^[\x20-\x7e]*$/;

function shown(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `'${short.replace(/[^\x20-\x7e…]/g, '?')}'`;
}
