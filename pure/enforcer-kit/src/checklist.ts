/** For products that cannot be started here: the same facts as a list to tick off, marked as not tested by us. */
import { certificateHeaders } from './certificate-headers.ts';
import { headerComment } from './kit-header.ts';
import type { EnforcerFacts } from './enforcer-facts.ts';
import { ianaSuites, versionsOf } from './policy-words.ts';
import type { Product, ProductConfiguration } from './product.ts';
import { allowedRequests } from './request-pattern.ts';

/** Where each fact goes in one product, in that product's own words. */
export interface ChecklistHints {
  readonly authority: string;
  readonly clientCertificate: string;
  readonly name: string;
  readonly revocation: string;
  readonly headers: string;
  readonly paths: string;
  readonly tls: string;
}

export function checklistProduct(
  product: Omit<Product, 'testedWith' | 'faces' | 'reload' | 'configure'>,
  hints: ChecklistHints,
): Product {
  return {
    ...product,
    testedWith: null,
    faces: null,
    reload: null,
    configure: (facts) => checklist(product, hints, facts),
  };
}

function checklist(
  { id, title }: Pick<Product, 'id' | 'title'>,
  hints: ChecklistHints,
  facts: EnforcerFacts,
): ProductConfiguration {
  const { policy, places } = facts;
  const items: readonly (readonly [what: string, where: string, values: readonly string[]])[] = [
    [
      'TLS: this version, these suites in this order, these groups; no session tickets, no resumption, no renegotiation',
      hints.tls,
      [
        versionsOf(policy).join(', '),
        ...ianaSuites(policy),
        `groups ${policy.groups.join(', ')}`,
        ...(policy.minimumDhBits > 0
          ? [`finite-field groups of at least ${policy.minimumDhBits} bits, named ones`]
          : []),
      ],
    ],
    [
      'The client certificate is required, in the first handshake',
      hints.clientCertificate,
      ['not optional, not passed through unverified, not asked for only after the request'],
    ],
    [
      'Trust for client certificates: this CA and no other',
      hints.authority,
      facts.authorities.length === 0
        ? ['ask the operator for the CA of the client certificate']
        : [
            `${facts.authorities.length} certificate(s) below${facts.hasRoot ? '' : ', and the root, which is not among them'}`,
          ],
    ],
    [
      'The exact name: a certificate of the same CA with another name is refused',
      hints.name,
      facts.names.map(
        ({ role, dnsName, subject }) =>
          `${role}: subjectAltName dNSName ${dnsName}${subject === null ? '' : `; subject ${subject}`}`,
      ),
    ],
    [
      'Revocation, with lists that are fetched anew before they end',
      hints.revocation,
      facts.revocationSources.length === 0
        ? ['the certificates at hand name no CRL']
        : facts.revocationSources.map(({ url }) => url),
    ],
    [
      'Headers that carry a client certificate are taken away when they come from outside',
      hints.headers,
      [certificateHeaders.join(', ')],
    ],
    [
      'Only these requests; anything else is refused',
      hints.paths,
      allowedRequests(facts).map(({ method, pattern }) => `${method} ^${pattern}$ (path as sent, without query)`),
    ],
    [
      'Only these addresses reach the port',
      'the firewall or the list of the gateway itself',
      facts.egressAddresses.length === 0 ? ['ask the operator for our addresses'] : facts.egressAddresses,
    ],
  ];
  const text = [
    ...headerComment(facts, title),
    '',
    'NOT TESTED BY US: the facts are right; the words of settings may differ in your version.',
    '',
    ...items.flatMap(([what, where, values]) => [
      `[ ] ${what}`,
      `    where: ${where}`,
      ...values.map((value) => `    - ${value}`),
      '',
    ]),
    'Certificates of the client CA',
    ...facts.authorities,
  ].join('\n');
  return {
    files: [{ path: `${places.folder}/checklist-${id}.txt`, mode: '0644', purpose: 'a list to tick off', text }],
    steps: ['Go through the list, then run every test below; only they prove anything.'],
  };
}
