/** What can be wrong with our own certificate, as each product says it: some by alert, some in HTTP only. */
import type { Identity } from '@sallyport/sandbox';
import type { FaultWorld } from '../authority/world.ts';
import type { Expectation, MatrixRow } from '../fault-case.ts';
import { products } from '../far-sides/products.ts';
import type { ProductName, Site } from '../far-sides/site.ts';
import { usualSite } from './usual-site.ts';

interface ClientFault {
  readonly fault: string;
  readonly client: (world: FaultWorld) => Identity | null;
  readonly site?: (world: FaultWorld) => Partial<Site>;
  readonly doctorTop: string;
  readonly actor: Expectation['actor'];
  /** What comes first where a product says no more than that it refuses: from outside nobody can tell why. */
  readonly untold?: Partial<Record<ProductName, string>>;
  /** The enforcer says that it got none. */
  readonly missing?: true;
}

export const clientFaults: readonly ClientFault[] = [
  { fault: 'none', client: () => null, doctorTop: 'no-certificate-of-ours', actor: 'operator', missing: true },
  {
    fault: 'expired',
    client: (world) => world.client({ from: -60, until: -2 }),
    doctorTop: 'our-certificate-expired',
    actor: 'operator',
  },
  {
    fault: 'not-yet-valid',
    client: (world) => world.client({ from: 2, until: 60 }),
    doctorTop: 'our-certificate-not-yet-valid',
    actor: 'operator',
  },
  {
    fault: 'wrong-authority',
    client: (world) => world.client(),
    site: (world) => ({ clientAnchors: world.certificateOf('stranger') }),
    doctorTop: 'our-authority-not-accepted',
    actor: 'customer',
  },
  {
    fault: 'missing-intermediate',
    client: (world) => world.client({ alone: true }),
    doctorTop: 'our-intermediate-not-sent',
    actor: 'operator',
  },
  {
    fault: 'server-auth-only',
    client: (world) => world.client({ purpose: 'server' }),
    doctorTop: 'our-certificate-not-made-for-clients',
    actor: 'operator',
  },
  {
    fault: 'revoked',
    client: (world) => world.client({ revoked: true }),
    site: (world) => ({ clientRevocation: world.revocationLists() }),
    doctorTop: 'our-certificate-revoked',
    actor: 'operator',
  },
  {
    fault: 'enforcer-list-outdated',
    client: (world) => world.client(),
    site: (world) => ({ clientRevocation: world.revocationLists({ daysAgo: 2 }) }),
    doctorTop: 'enforcer-crl-outdated',
    actor: 'customer',
    untold: {
      nginx: 'certificate-refused-in-http',
      Tomcat: 'certificate-refused-by-java',
      Apache: 'certificate-refused-by-java',
    },
  },
  {
    fault: 'enforcer-list-missing',
    client: (world) => world.client(),
    site: (world) => ({ clientRevocation: world.revocationLists({ of: ['root'] }) }),
    doctorTop: 'enforcer-crl-missing',
    actor: 'customer',
    untold: { nginx: 'certificate-refused-in-http', Tomcat: 'certificate-refused-by-java' },
  },
  {
    fault: 'key-refused',
    client: (world) => world.client(),
    // Java asks of clients what it signs with itself: its own key must be of the type that it wants.
    site: (world) => ({ clientSignatures: 'ecdsa', identity: world.server({ key: 'server-ec' }) }),
    doctorTop: 'our-key-type-not-accepted',
    actor: 'operator',
    missing: true,
  },
];

/** Every fault of the client certificate on every product. */
export function clientCertificateFaultRows(world: FaultWorld): readonly MatrixRow[] {
  return clientFaults.flatMap((fault) => {
    // The certificate comes first: the enforcer's lists must hold the revoked one.
    const client = fault.client(world);
    const shown = usualSite(world, fault.site?.(world) ?? {});
    return products.map((product): MatrixRow => {
      const row = {
        name: `client-certificate/${fault.fault}/${product.name}`,
        group: 'client-certificate',
        fault: fault.fault,
        product: product.name,
      } as const;
      const reason = product.unable(shown);
      if (reason !== null) return { ...row, reason };
      // nginx tells in HTTP whether it got none; an alert does not.
      const missing = fault.missing === true && product.name === 'nginx';
      return {
        ...row,
        site: { ...shown },
        client,
        revocation: 'hard',
        expected: {
          verdict: 'accepted',
          check: 'client-certificate',
          code: missing ? 'client-certificate-required' : 'client-certificate-refused',
          doctorTop: fault.untold?.[product.name] ?? fault.doctorTop,
          ...(fault.untold?.[product.name] === undefined ? {} : { trueCause: fault.doctorTop }),
          actor: fault.actor,
        },
      };
    });
  });
}
