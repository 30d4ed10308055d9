/** What can be wrong with a server's certificate, and with its TLS: each fault on each product that can show it. */
import type { FaultWorld } from '../authority/world.ts';
import type { Expectation, MatrixRow } from '../fault-case.ts';
import { products } from '../far-sides/products.ts';
import type { ProductName, Site } from '../far-sides/site.ts';
import { usualSite } from './usual-site.ts';

interface ServerFault {
  readonly fault: string;
  readonly site: (world: FaultWorld) => Partial<Site>;
  readonly expected: Expectation;
  /** Where a product shows the same fault in another way. */
  readonly otherwise?: Partial<Record<ProductName, Partial<Expectation>>>;
}

const refused = (
  check: Expectation['check'],
  code: string,
  doctorTop: string,
  actor: Expectation['actor'] = 'customer',
): Expectation => ({ verdict: 'refused', check, code, doctorTop, actor });
const broken = (code: string, doctorTop: string): Expectation => ({
  verdict: 'none',
  check: 'handshake',
  code,
  doctorTop,
  actor: 'customer',
});

const renegotiation: Expectation = {
  verdict: 'accepted',
  check: 'client-certificate',
  code: 'client-certificate-by-renegotiation',
  doctorTop: 'certificate-by-renegotiation',
  actor: 'customer',
};

export const serverFaults: readonly ServerFault[] = [
  {
    fault: 'none',
    site: () => ({}),
    expected: { verdict: 'accepted', check: null, code: null, doctorTop: null, actor: null },
  },
  {
    fault: 'expired',
    site: (world) => ({ identity: world.server({ from: -60, until: -2 }) }),
    expected: refused('validity', 'X509_EXPIRED', 'server-certificate-expired'),
  },
  {
    fault: 'not-yet-valid',
    site: (world) => ({ identity: world.server({ from: 2, until: 60 }) }),
    expected: refused('validity', 'X509_NOT_YET_VALID', 'server-certificate-not-yet-valid'),
  },
  {
    fault: 'wrong-name',
    site: (world) => ({ identity: world.server({ names: ['jira.other.example'], commonName: 'jira.other.example' }) }),
    expected: refused('name', 'X509_NAME_MISMATCH', 'wrong-virtual-host'),
  },
  {
    fault: 'common-name-only',
    site: (world) => ({ identity: world.server({ names: null }) }),
    expected: refused('name', 'X509_NAME_NO_ALTERNATIVE_NAMES', 'common-name-only'),
  },
  {
    fault: 'wildcard-too-deep',
    site: (world) => ({ identity: world.server({ names: ['*.customer.example'], commonName: '*.customer.example' }) }),
    expected: refused('name', 'X509_NAME_MISMATCH', 'wildcard-too-deep'),
  },
  {
    fault: 'incomplete-chain',
    site: (world) => ({ identity: world.server({ alone: true }) }),
    expected: refused('trust', 'X509_ISSUER_NOT_FOUND', 'intermediate-not-sent'),
  },
  {
    fault: 'self-signed',
    site: (world) => ({ identity: world.server({ issuer: 'itself' }) }),
    expected: refused('trust', 'X509_SELF_ISSUED_NOT_TRUSTED', 'self-signed-default'),
  },
  {
    fault: 'private-authority',
    site: (world) => ({ identity: world.server({ issuer: 'private-issuing' }) }),
    expected: refused('trust', 'X509_ISSUER_NOT_FOUND', 'private-authority'),
  },
  {
    fault: 'sha1',
    site: (world) => ({ identity: world.server({ issuer: 'rsa', hash: 'sha1' }) }),
    expected: refused('signature', 'X509_SIGNATURE_SHA1', 'weak-signature'),
  },
  {
    fault: 'rsa-1024',
    site: (world) => ({ identity: world.server({ key: 'short' }) }),
    expected: refused('signature', 'X509_KEY_RSA_TOO_SMALL', 'weak-server-key'),
  },
  {
    fault: 'no-server-auth',
    site: (world) => ({ identity: world.server({ purpose: 'client' }) }),
    expected: refused('trust', 'X509_EXTENDED_KEY_USAGE_UNFIT', 'server-certificate-not-made-for-servers'),
  },
  {
    fault: 'revoked-by-crl',
    site: (world) => ({ identity: world.server({ revoked: true }) }),
    expected: refused('revocation', 'X509_REVOCATION_REVOKED', 'server-certificate-revoked'),
  },
  {
    fault: 'revoked-by-ocsp',
    site: (world) => ({ identity: world.server({ revoked: true, pointers: { crl: null, ocsp: 'healthy' } }) }),
    expected: refused('revocation', 'X509_REVOCATION_REVOKED', 'server-certificate-revoked'),
  },
  { fault: 'dh-1024', site: () => ({ suites: 'dhe' }), expected: broken('weak-dh', 'weak-key-exchange') },
  {
    fault: 'tls13-only',
    site: () => ({ version: 'TLSv1.3' }),
    expected: broken('protocol-version', 'tls13-only'),
  },
  {
    fault: 'tls11-only',
    site: () => ({ version: 'TLSv1.1' }),
    expected: broken('no-common-suite', 'tls11-at-most'),
  },
  {
    fault: 'no-common-suite',
    site: () => ({ suites: 'outdated' }),
    expected: broken('no-common-suite', 'no-common-suite'),
  },
  { fault: 'renegotiation', site: () => ({ asks: 'renegotiation' }), expected: renegotiation },
];

/** Every fault of the server on every product. */
export function serverFaultRows(world: FaultWorld): readonly MatrixRow[] {
  const client = world.client();
  return serverFaults.flatMap(({ fault, site, expected, otherwise }) => {
    const shown = usualSite(world, site(world));
    return products.map((product): MatrixRow => {
      const row = { name: `server/${fault}/${product.name}`, group: 'server', fault, product: product.name } as const;
      const reason = product.unable(shown);
      if (reason !== null) return { ...row, reason };
      return {
        ...row,
        // A site is served by the product that starts it: each product has its own object.
        site: { ...shown },
        client,
        revocation: 'hard',
        expected: { ...expected, ...otherwise?.[product.name] },
      };
    });
  });
}
