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

/** What may be stapled although it is wrong, and who passes it on. */
const stapled: readonly SourceFault[] = [
  'source-wrong-signer',
  'source-unauthorised-responder',
  'source-bad-signature',
  'source-stale',
  'source-future',
  'source-unknown',
  'source-other-certificate',
  'source-try-later',
];
/** HAProxy looks at what it is given and does not start with these. */
const refusedByHaproxy: readonly SourceFault[] = [
  'source-stale',
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
      return row(world, kind, fault, product, undetermined(fault, kind));
    }),
  );
}

function stapledRows(world: FaultWorld): MatrixRow[] {
  return [null, ...stapled].flatMap((fault) =>
    products.map((product): MatrixRow => {
      // The staple is the only source: the certificate names none.
      const identity = world.server({ pointers: { crl: null, ocsp: null } });
      const site = usualSite(world, { identity, staple: world.staple(identity, fault) });
      const name = nameOf(fault, 'staple', product.name);
      const shown = { name, group: 'revocation-source', fault: fault ?? 'none', product: product.name } as const;
      const reason =
        product.unable(site) ??
        (product.name === 'HAProxy' && fault !== null && refusedByHaproxy.includes(fault)
          ? 'HAProxy looks at what it shall staple and does not start with this'
          : null);
      if (reason !== null) return { ...shown, reason };
      const expected: Expectation =
        fault === null
          ? { verdict: 'accepted', check: null, code: null, doctorTop: null, actor: null }
          : { ...undetermined(fault, 'ocsp'), doctorTop: 'server-staple-unusable' };
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

function undetermined(_fault: SourceFault, _kind: SourceKind): Expectation {
  return {
    verdict: 'refused',
    check: 'revocation',
    code: 'X509_REVOCATION_UNDETERMINED',
    doctorTop: 'revocation-source-unusable',
    actor: 'certificate-authority',
  };
}
