/** Everything that one product needs: its configuration, the shared files, the steps, and how to test it. */
import { ffdhe2048Pem } from './dh-group.ts';
import { enforcerFaults, type EnforcerFacts, type EnforcerFault } from './enforcer-facts.ts';
import { kitPaths, looksAtRevocation } from './kit-files.ts';
import { kitTests } from './kit-tests.ts';
import { kitWarnings } from './kit-warnings.ts';
import { offersDhe } from './policy-words.ts';
import type { Abilities, KitFile, KitTest, Product, ProductId } from './product.ts';
import { products } from './products/product-index.ts';
import { refreshJob, refreshTimer } from './refresh-job.ts';

export interface EnforcerKit {
  readonly product: ProductId;
  readonly title: string;
  /** The version that our tests start from such text; null: a checklist that we have not tested. */
  readonly testedWith: string | null;
  /** What weakens this kit for this connection; to be read first. */
  readonly warnings: readonly string[];
  readonly files: readonly KitFile[];
  readonly steps: readonly string[];
  readonly reload: string | null;
  readonly tests: readonly KitTest[];
  readonly abilities: Abilities;
  readonly differences: readonly string[];
}

export type EnforcerKitAnswer =
  | { readonly ok: true; readonly kit: EnforcerKit }
  | { readonly ok: false; readonly faults: readonly EnforcerFault[] };

/** The kit for one product, or what in the facts cannot stand in a configuration. */
export function enforcerKit(id: ProductId, facts: EnforcerFacts): EnforcerKitAnswer {
  const faults = enforcerFaults(facts);
  if (faults.length > 0) return { ok: false, faults };
  const product = productOf(id);
  const { files, steps } = product.configure(facts);
  return {
    ok: true,
    kit: {
      product: id,
      title: product.title,
      testedWith: product.testedWith,
      warnings: kitWarnings(product, facts),
      files: product.testedWith === null ? files : [...files, ...sharedFiles(product, facts)],
      steps,
      reload: product.reload,
      tests: kitTests(product, facts),
      abilities: product.abilities,
      differences: product.differences,
    },
  };
}

export function productOf(id: ProductId): Product {
  const product = products.find((one) => one.id === id);
  if (product === undefined) throw new TypeError(`no product ${id}`);
  return product;
}

function sharedFiles(product: Product, facts: EnforcerFacts): KitFile[] {
  const paths = kitPaths(facts);
  const files: KitFile[] = [
    {
      path: paths.authorities,
      mode: '0644',
      purpose: 'the CA of our client certificate, and no other: issuing CAs first, the root last',
      text: facts.authorities.join(''),
    },
  ];
  if (offersDhe(facts.policy) && product.id !== 'tomcat')
    files.push({
      path: paths.dhGroup,
      mode: '0644',
      purpose: 'the group ffdhe2048 (RFC 7919) for the two suites with finite-field Diffie-Hellman',
      text: ffdhe2048Pem,
    });
  if (looksAtRevocation(facts))
    files.push(
      {
        path: paths.refreshJob,
        mode: '0755',
        purpose: 'fetches and verifies the CRLs, replaces the CRL file, reloads, and cries when a list gets old',
        text: refreshJob(facts, product.reload),
      },
      { path: '/etc/cron.d/sallyport-crl', mode: '0644', purpose: 'runs it every hour', text: refreshTimer(facts) },
    );
  return files;
}
