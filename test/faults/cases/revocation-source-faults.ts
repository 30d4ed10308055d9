/**
 * What can be wrong with where CRLs and OCSP responses come from, under `hard`: each fault once as the only CRL and once as
 * the only OCSP responder that the certificate names, and as a stapled response where a product staples what it is given.
 * The source does not know the product, so products take turns; staples are for all products that can.
 */
import { sandboxFaults, type SourceFault } from '@sallyport/sandbox';
import type { FaultWorld, Pointers } from '../authority/world.ts';
import type { Expectation, MatrixRow } from '../fault-case.ts';
import { products } from '../far-sides/products.ts';
import type { ProductName } from '../far-sides/site.ts';
import { usualSite } from './usual-site.ts';

type SourceKind = 'crl' | 'ocsp';

const sourceFaults = sandboxFaults.flatMap(({ name, group }) => (group === 'revocation-source' ? [name] : []));

/** Forms that one kind of answer does not have. */
const without: Readonly<Record<SourceKind, Partial<Record<SourceFault, string>>>> = {
  crl: {
    'source-unauthorised-responder': 'a CRL has no responder',
    'source-unknown': 'a CRL does not say "unknown": what it does not list is not revoked',
    'source-nonce-mismatch': 'a CRL has no nonce',
  },
  ocsp: {},
};

/** What may be stapled although it is wrong: the code, and whose it is to repair. */
const stapled: Readonly<Partial<Record<SourceFault, Pick<Expectation, 'code' | 'actor'>>>> = {
  // Made wrongly by the authority's responder; the server passes on what it got.
  'source-wrong-signer': { code: 'X509_OCSP_RESPONDER_OTHER_ISSUER', actor: 'certificate-authority' },
  'source-unauthorised-responder': { code: 'X509_OCSP_RESPONDER_PURPOSE', actor: 'certificate-authority' },
  'source-unknown': { code: 'X509_OCSP_UNKNOWN', actor: 'certificate-authority' },
  'source-future': { code: 'X509_OCSP_NOT_YET_VALID', actor: 'certificate-authority' },
  // Kept too long, exchanged or damaged at the server.
  'source-bad-signature': { code: 'X509_OCSP_SIGNATURE_INVALID', actor: 'customer' },
  'source-stale': { code: 'X509_OCSP_EXPIRED', actor: 'customer' },
  'source-other-certificate': { code: 'X509_REVOCATION_NO_SOURCE', actor: 'customer' },
  'source-try-later': { code: 'X509_OCSP_NOT_SUCCESSFUL', actor: 'customer' },
};
/** HAProxy looks at what it is given and does not staple these. */
const refusedByHaproxy: readonly SourceFault[] = [
  'source-stale',
  'source-future',
  'source-other-certificate',
  'source-try-later',
  'source-unknown',
];

export function revocationSourceRows(world: FaultWorld): readonly MatrixRow[] {
  return [...healthyRows(world), ...fetchedRows(world), ...stapledRows(world)];
}

function healthyRows(world: FaultWorld): MatrixRow[] {
  const accepted: Expectation = { verdict: 'accepted', check: null, code: null, doctorTop: null, actor: null };
  return (['crl', 'ocsp'] as const).map((kind) => row(world, kind, null, 'nginx', accepted));
}

function fetchedRows(world: FaultWorld): MatrixRow[] {
  return sourceFaults.flatMap((fault, index) =>
    (['crl', 'ocsp'] as const).map((kind, second): MatrixRow => {
      const product = (products[(2 * index + second) % products.length] ?? products[0])?.name ?? 'nginx';
      const reason = without[kind][fault];
      const name = nameOf(fault, kind, product);
      if (reason !== undefined) return { name, group: 'revocation-source', fault, product, reason };
      return row(world, kind, fault, product, fetched(fault, kind));
    }),
  );
}

function stapledRows(world: FaultWorld): MatrixRow[] {
  const faults = sourceFaults.filter((fault) => stapled[fault] !== undefined);
  return [null, ...faults].flatMap((fault) =>
    products.map((product): MatrixRow => {
      // The staple is the only source: the certificate names none.
      const identity = world.server({ pointers: { crl: null, ocsp: null } });
      const site = usualSite(world, { identity, staple: world.staple(identity, fault) });
      const name = nameOf(fault, 'staple', product.name);
      const shown = { name, group: 'revocation-source', fault: fault ?? 'none', product: product.name } as const;
      const reason =
        product.unable(site) ??
        (product.name === 'HAProxy' && fault !== null && refusedByHaproxy.includes(fault)
          ? 'HAProxy looks at what it is given and does not staple this'
          : null);
      if (reason !== null) return { ...shown, reason };
      const expected: Expectation =
        fault === null
          ? { verdict: 'accepted', check: null, code: null, doctorTop: null, actor: null }
          : { ...fetched(fault, 'ocsp'), doctorTop: 'staple-unusable', ...stapled[fault] };
      return { ...shown, site, client: world.client(), revocation: 'hard', expected };
    }),
  );
}

function row(
  world: FaultWorld,
  kind: SourceKind,
  fault: SourceFault | null,
  product: ProductName,
  expected: Expectation,
): MatrixRow {
  const source = fault ?? 'healthy';
  const pointers: Pointers = kind === 'crl' ? { crl: source, ocsp: null } : { crl: null, ocsp: source };
  return {
    name: nameOf(fault, kind, product),
    group: 'revocation-source',
    fault: fault ?? 'none',
    product,
    site: usualSite(world, { identity: world.server({ pointers }) }),
    client: world.client(),
    revocation: 'hard',
    expected,
  };
}

function nameOf(fault: SourceFault | null, kind: SourceKind | 'staple', product: ProductName): string {
  return `revocation-source/${fault?.slice('source-'.length) ?? 'none'}-${kind}/${product}`;
}

/** Where an answer comes and is looked at, the check says what is wrong with it. */
const fetchedCodes: Readonly<Partial<Record<SourceKind, Partial<Record<SourceFault, string>>>>> = {
  crl: {
    'source-other-certificate': 'X509_CRL_DISTRIBUTION_POINT_MISMATCH',
    'source-stale': 'X509_CRL_EXPIRED',
  },
  ocsp: { 'source-unknown': 'X509_OCSP_UNKNOWN' },
};

/** No answer comes at all; every other fault is one of the answer. */
const unanswered: readonly SourceFault[] = [
  'source-down',
  'source-slow',
  'source-dripping',
  'source-404',
  'source-endless',
  'source-truncated',
  'source-redirect-loop',
  'source-redirect-private',
  'source-redirect-file',
  'source-try-later',
];

function fetched(fault: SourceFault, kind: SourceKind): Expectation {
  return {
    verdict: 'refused',
    check: 'revocation',
    code: fetchedCodes[kind]?.[fault] ?? 'X509_REVOCATION_UNDETERMINED',
    doctorTop: unanswered.includes(fault)
      ? 'revocation-not-to-be-had'
      : fault === 'source-stale'
        ? 'crl-outdated'
        : 'revocation-answer-unusable',
    actor: 'certificate-authority',
  };
}
